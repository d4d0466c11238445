// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the matrix' columns
import type { Matrix } from '../preprocessing/encode-frame.ts';
import { centredMoments, type LinearCoefficients, withIntercept } from './centred-moments.ts';

export interface ElasticNetOptions {
  /** strength of the penalty, `n` times that of scikit-learn's `ElasticNet` */
  readonly alpha: number;
  /** share of the L1 penalty, above 0 and at most 1 */
  readonly l1Ratio: number;
  readonly onProgress: (fraction: number) => void;
}

/** Each step of the path has this share of the strength of the one before it. */
const pathFactor = 0.6;
/** A change of a prediction's part, in standard deviations of the target, below which descent ends. */
const tolerance = 1e-9;
const pathTolerance = 1e-3;
const maxSweeps = 10_000;

/** XᵀX as a whole, Xᵀy, and their product with the coefficients as they are. */
interface Descent {
  readonly gram: Float64Array;
  readonly moments: Float64Array;
  readonly weights: Float64Array;
  readonly product: Float64Array;
}

const mirror = (gram: Float64Array, size: number): void => {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) gram[j * size + i] = gram[i * size + j]!;
};

const softThreshold = (value: number, threshold: number): number =>
  Math.sign(value) * Math.max(0, Math.abs(value) - threshold);

/**
 * Puts each coefficient to its best value beside the others.
 * @returns the largest change, times the length of its column
 */
const sweep = ({ gram, moments, weights, product }: Descent, l1: number, l2: number): number => {
  const size = weights.length;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const own = gram[i * size + i]!;
    // a constant column, or what rounding leaves of one
    if (!(own > 0)) continue;
    const before = weights[i]!;
    const after = softThreshold(moments[i]! - product[i]! + own * before, l1) / (own + l2);
    const change = after - before;
    if (change === 0) continue;
    weights[i] = after;
    for (let j = 0; j < size; j++) product[j]! += change * gram[i * size + j]!;
    largest = Math.max(largest, Math.abs(change) * Math.sqrt(own));
  }
  return largest;
};

/** Strengths from the one at which all coefficients are 0 down to `alpha`. */
const pathTo = (alpha: number, strongest: number): number[] => {
  const path: number[] = [];
  for (let strength = strongest * pathFactor; strength > alpha && path.length < 100; strength *= pathFactor) {
    path.push(strength);
  }
  return [...path, alpha];
};

/**
 * The elastic net: minimises ‖y - Xw - b‖² + alpha (2 l1Ratio ‖w‖₁ + (1 - l1Ratio) ‖w‖²), the intercept free, by
 * coordinate descent on the normal equations, each step of the path from the coefficients of the one before (Friedman,
 * Hastie and Tibshirani, "Regularization paths for generalized linear models via coordinate descent", 2010). The lasso
 * has l1Ratio 1; with 0 it would be `fitRidge`.
 */
export const fitElasticNet = (x: Matrix, y: Float64Array, options: ElasticNetOptions): LinearCoefficients => {
  const { alpha, l1Ratio, onProgress } = options;
  const { gram, moments, ...means } = centredMoments(x, y, (fraction) => onProgress(0.5 * fraction));
  mirror(gram, x.columns);
  const descent = { gram, moments, weights: new Float64Array(x.columns), product: new Float64Array(x.columns) };
  const strongest = moments.reduce((most, moment) => Math.max(most, Math.abs(moment)), 0) / l1Ratio;
  const scale = Math.sqrt(x.rows);
  const path = pathTo(alpha, strongest);
  for (const [index, strength] of path.entries()) {
    const enough = (index === path.length - 1 ? tolerance : pathTolerance) * scale;
    for (let round = 0; round < maxSweeps; round++) {
      if (sweep(descent, strength * l1Ratio, strength * (1 - l1Ratio)) <= enough) break;
    }
    onProgress(0.5 + (0.5 * (index + 1)) / path.length);
  }
  return withIntercept(descent.weights, means);
};
