// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by rows, columns and classes
import { type Minimum, minimize } from '../numeric/lbfgs.ts';
import type { Objective } from '../numeric/line-search.ts';
import { minimizeWithL1 } from '../numeric/owlqn.ts';
import type { Matrix } from '../preprocessing/encode-frame.ts';

export interface LogisticOptions {
  /** inverse strength of the penalty, as in scikit-learn's `LogisticRegression` */
  readonly C: number;
  /** share of the L1 penalty, 0 to 1 */
  readonly l1Ratio: number;
  /** one a class: how much its rows count */
  readonly classWeights: Float64Array;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onIteration?: (largestGradient: number) => void;
}

/** Number of weight vectors: a binary model has one, for class 1. */
export const weightVectors = (classes: number): number => (classes === 2 ? 1 : classes);

/** Adds the L2 penalty strength/2 ‖w‖²; the last weight of each vector is its intercept and free. */
const addPenalty = (weights: Float64Array, gradient: Float64Array, stride: number, strength: number): number => {
  let penalty = 0;
  for (let at = 0; at < weights.length; at++) {
    if (at % stride === stride - 1) continue;
    penalty += (strength / 2) * weights[at]! ** 2;
    gradient[at]! += strength * weights[at]!;
  }
  return penalty;
};

/** `weights` · (row, 1) for the vector that starts at `at`. */
const linearScore = (x: Matrix, row: number, weights: Float64Array, at: number): number => {
  let sum = weights[at + x.columns]!;
  const from = row * x.columns;
  for (let i = 0; i < x.columns; i++) sum += weights[at + i]! * x.values[from + i]!;
  return sum;
};

const addToGradient = (x: Matrix, row: number, residual: number, gradient: Float64Array, at: number): void => {
  const from = row * x.columns;
  for (let i = 0; i < x.columns; i++) gradient[at + i]! += residual * x.values[from + i]!;
  gradient[at + x.columns]! += residual;
};

const binaryLoss = (x: Matrix, y: Float64Array, shares: Float64Array, strength: number): Objective => {
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < x.rows; row++) {
      const score = linearScore(x, row, weights, 0);
      const share = shares[y[row]!]!;
      loss += (Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - y[row]! * score) * share;
      addToGradient(x, row, (1 / (1 + Math.exp(-score)) - y[row]!) * share, gradient, 0);
    }
    return loss + addPenalty(weights, gradient, x.columns + 1, strength);
  };
};

const multinomialLoss = (x: Matrix, y: Float64Array, shares: Float64Array, strength: number): Objective => {
  const classes = shares.length;
  const stride = x.columns + 1;
  const scores = new Float64Array(classes);
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < x.rows; row++) {
      for (let k = 0; k < classes; k++) scores[k] = linearScore(x, row, weights, k * stride);
      const own = scores[y[row]!]!;
      const share = shares[y[row]!]!;
      loss += (softmax(scores, 0, classes) - own) * share;
      for (let k = 0; k < classes; k++) {
        addToGradient(x, row, (scores[k]! - (y[row] === k ? 1 : 0)) * share, gradient, k * stride);
      }
    }
    return loss + addPenalty(weights, gradient, stride, strength);
  };
};

/** Turns `count` scores from `at` on into probabilities, and returns the logarithm of the sum of their exponentials. */
export const softmax = (scores: Float64Array, at: number, count: number): number => {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = at; k < at + count; k++) top = Math.max(top, scores[k]!);
  let sum = 0;
  for (let k = at; k < at + count; k++) {
    scores[k] = Math.exp(scores[k]! - top);
    sum += scores[k]!;
  }
  for (let k = at; k < at + count; k++) scores[k]! /= sum;
  return top + Math.log(sum);
};

/**
 * Logistic regression with a penalty: minimises C Σ log-loss + l1Ratio ‖w‖₁ + (1 - l1Ratio) ‖w‖²/2, intercepts free.
 * Binary: one vector of `columns` weights and an intercept; else one such vector a class, fitted together
 * (multinomial).
 */
export const fitLogistic = (x: Matrix, y: Float64Array, options: LogisticOptions): Minimum => {
  const { C, l1Ratio, classWeights } = options;
  const classes = classWeights.length;
  const strength = 1 / (C * x.rows);
  const lossOf = classes === 2 ? binaryLoss : multinomialLoss;
  const loss = lossOf(
    x,
    y,
    classWeights.map((weight) => weight / x.rows),
    strength * (1 - l1Ratio),
  );
  const stride = x.columns + 1;
  const start = new Float64Array(weightVectors(classes) * stride);
  if (l1Ratio === 0) return minimize(loss, start, options);
  const strengths = start.map((_, at) => (at % stride === x.columns ? 0 : strength * l1Ratio));
  return minimizeWithL1(loss, strengths, start, options);
};
