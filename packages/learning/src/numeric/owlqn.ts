// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the arrays' lengths
import type { LbfgsOptions, Minimum } from './lbfgs.ts';
import { type Correction, descentDirection, largest, remember } from './lbfgs-memory.ts';
import { dot, type Evaluated, type Objective } from './line-search.ts';

const sufficientDecrease = 1e-4;
const maxTrials = 60;

const penaltyOf = (point: Float64Array, strengths: Float64Array): number =>
  point.reduce((sum, value, i) => sum + strengths[i]! * Math.abs(value), 0);

/** The gradient of the whole function; at 0 that of the steeper descending side, or 0 when it rises on both sides. */
const pseudoGradient = ({ point, gradient }: Evaluated, strengths: Float64Array): Float64Array =>
  gradient.map((slope, i) => {
    const strength = strengths[i]!;
    if (point[i] !== 0) return slope + Math.sign(point[i]!) * strength;
    return Math.sign(slope) * Math.max(0, Math.abs(slope) - strength);
  });

/** A step that does not leave the orthant: coordinates that would change their sign stop at 0. */
const stepWithin = (
  point: Float64Array,
  direction: Float64Array,
  step: number,
  slopes: Float64Array,
  strengths: Float64Array,
): Float64Array =>
  point.map((value, i) => {
    const next = value + step * direction[i]!;
    if (strengths[i] === 0) return next;
    const side = value === 0 ? -slopes[i]! : value;
    return next * side > 0 ? next : 0;
  });

const searchWithin = (
  objective: Objective,
  at: Evaluated,
  direction: Float64Array,
  slopes: Float64Array,
  strengths: Float64Array,
  firstStep: number,
): Evaluated | undefined => {
  const before = at.value + penaltyOf(at.point, strengths);
  let step = firstStep;
  for (let trial = 0; trial < maxTrials; trial++) {
    const point = stepWithin(at.point, direction, step, slopes, strengths);
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    const gained = slopes.reduce((sum, slope, i) => sum + slope * (point[i]! - at.point[i]!), 0);
    if (value + penaltyOf(point, strengths) <= before + sufficientDecrease * gained) return { point, gradient, value };
    step /= 2;
  }
  return undefined;
};

/**
 * Minimises a smooth function plus Σ strengths |point|, which makes coordinates exactly 0: orthant-wise L-BFGS (Andrew
 * and Gao, "Scalable training of L1-regularized log-linear models", 2007).
 * @param strengths one a coordinate, 0 where there is no penalty
 */
export const minimizeWithL1 = (
  objective: Objective,
  strengths: Float64Array,
  start: Float64Array,
  options: LbfgsOptions,
): Minimum => {
  const firstGradient = new Float64Array(start.length);
  let at: Evaluated = { point: start, value: objective(start, firstGradient), gradient: firstGradient };
  let corrections: readonly Correction[] = [];
  let slopes = pseudoGradient(at, strengths);
  let iterations = 0;
  for (; iterations < options.maxIterations; iterations++) {
    const steepest = largest(slopes);
    options.onIteration?.(steepest);
    if (steepest <= options.tolerance) break;
    const own = slopes;
    const direction = descentDirection(slopes, corrections).map((value, i) => (value * own[i]! < 0 ? value : 0));
    if (dot(direction, slopes) === 0) break;
    const firstStep = corrections.length === 0 ? Math.min(1, 1 / steepest) : 1;
    const next = searchWithin(objective, at, direction, slopes, strengths, firstStep);
    if (next === undefined) break;
    corrections = remember(corrections, at, next);
    at = next;
    slopes = pseudoGradient(at, strengths);
  }
  const value = at.value + penaltyOf(at.point, strengths);
  return { point: at.point, value, iterations, converged: largest(slopes) <= options.tolerance };
};
