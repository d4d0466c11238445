// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of variables
import type { KernelRows } from './kernel-rows.ts';

/**
 * The dual problem of a support vector machine: minimise ½ αᵀQα + linear·α with signs·α = 0 and 0 ≤ α ≤ bound, where
 * Q[s][t] = signs[s] signs[t] K[s mod n][t mod n] and n is the number of kernel rows. A classifier has one variable a
 * row, a regressor two.
 */
export interface DualProblem {
  readonly kernel: KernelRows;
  /** +1 or -1 a variable */
  readonly signs: Int8Array;
  readonly linear: Float64Array;
  readonly bound: number;
  /** stop when the largest violation of the optimality conditions is smaller */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onViolation?: (violation: number) => void;
}

export interface DualSolution {
  readonly alpha: Float64Array;
  /** the decision function is Σ signs α K - rho */
  readonly rho: number;
  readonly iterations: number;
  readonly converged: boolean;
}

interface State extends DualProblem {
  readonly alpha: Float64Array;
  readonly gradient: Float64Array;
}

/** Replaces a curvature that is not positive (identical rows), as LIBSVM does. */
const leastCurvature = 1e-12;
const progressEvery = 512;

/** Whether variable t may move so that signs[t] α[t] grows (`up`) or falls. */
const canRise = ({ signs, alpha, bound }: State, t: number): boolean =>
  signs[t]! > 0 ? alpha[t]! < bound : alpha[t]! > 0;
const canFall = ({ signs, alpha, bound }: State, t: number): boolean =>
  signs[t]! > 0 ? alpha[t]! > 0 : alpha[t]! < bound;

/** The variable that violates the optimality conditions most on the rising side; -1 when none can rise. */
const selectFirst = (state: State): number => {
  const { signs, gradient } = state;
  let best = Number.NEGATIVE_INFINITY;
  let first = -1;
  for (let t = 0; t < signs.length; t++) {
    if (!canRise(state, t)) continue;
    const value = -signs[t]! * gradient[t]!;
    if (value >= best) {
      best = value;
      first = t;
    }
  }
  return first;
};

/**
 * The partner with which the objective falls most, by its second-order estimate (Fan, Chen and Lin, "Working set
 * selection using second order information for training support vector machines", 2005, WSS 2), and the violation of
 * the most violating pair.
 */
const selectSecond = (state: State, first: number, row: Float32Array): { second: number; violation: number } => {
  const { signs, gradient, kernel } = state;
  const top = -signs[first]! * gradient[first]!;
  const ownDiagonal = kernel.diagonal[first % kernel.size]!;
  let lowest = Number.POSITIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  let second = -1;
  for (let t = 0; t < signs.length; t++) {
    if (!canFall(state, t)) continue;
    const value = -signs[t]! * gradient[t]!;
    if (value < lowest) lowest = value;
    const gap = top - value;
    if (gap <= 0) continue;
    const k = t < kernel.size ? t : t - kernel.size;
    const curvature = ownDiagonal + kernel.diagonal[k]! - 2 * row[k]!;
    const estimate = -(gap * gap) / Math.max(curvature, leastCurvature);
    if (estimate <= best) {
      best = estimate;
      second = t;
    }
  }
  return { second, violation: top - lowest };
};

/** Moves the pair along the equality constraint to the optimum or to the box; returns both changes of α. */
const movePair = (state: State, first: number, second: number, between: number): [number, number] => {
  const { signs, alpha, gradient, bound, kernel } = state;
  const curvature = kernel.diagonal[first % kernel.size]! + kernel.diagonal[second % kernel.size]! - 2 * between;
  const gap = -signs[first]! * gradient[first]! + signs[second]! * gradient[second]!;
  const roomFirst = signs[first]! > 0 ? bound - alpha[first]! : alpha[first]!;
  const roomSecond = signs[second]! > 0 ? alpha[second]! : bound - alpha[second]!;
  const step = Math.min(gap / Math.max(curvature, leastCurvature), roomFirst, roomSecond);
  const before: [number, number] = [alpha[first]!, alpha[second]!];
  // at the end of its room a variable is set, not added to: one that misses its bound by rounding would be selected again
  if (step === roomFirst) alpha[first] = signs[first]! > 0 ? bound : 0;
  else alpha[first]! += signs[first]! * step;
  if (step === roomSecond) alpha[second] = signs[second]! > 0 ? 0 : bound;
  else alpha[second]! -= signs[second]! * step;
  return [alpha[first]! - before[0], alpha[second]! - before[1]];
};

/** gradient += Q's columns of the pair × their changes, already multiplied by the pair's signs. */
const updateGradient = (state: State, rows: readonly [Float32Array, Float32Array], changes: [number, number]): void => {
  const { signs, gradient, kernel } = state;
  const [a, b] = rows;
  const [da, db] = changes;
  for (let from = 0; from < signs.length; from += kernel.size) {
    for (let k = 0; k < kernel.size; k++) gradient[from + k]! += signs[from + k]! * (a[k]! * da + b[k]! * db);
  }
};

/** The threshold: the mean over free variables, or the middle of what the bound ones allow. */
const thresholdOf = (state: State): number => {
  const { signs, gradient, alpha, bound } = state;
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let free = 0;
  for (let t = 0; t < signs.length; t++) {
    const value = signs[t]! * gradient[t]!;
    if (alpha[t]! > 0 && alpha[t]! < bound) {
      sum += value;
      free++;
    } else if (canRise(state, t)) upper = Math.min(upper, value);
    else lower = Math.max(lower, value);
  }
  if (free > 0) return sum / free;
  return Number.isFinite(upper + lower) ? (upper + lower) / 2 : 0;
};

/** Sequential minimal optimisation: from α = 0, moves two variables at a time until no pair violates optimality. */
export const solveDual = (problem: DualProblem): DualSolution => {
  const { kernel, signs } = problem;
  const state: State = {
    ...problem,
    alpha: new Float64Array(signs.length),
    gradient: problem.linear.slice(),
  };
  let iterations = 0;
  let converged = false;
  for (; iterations < problem.maxIterations; iterations++) {
    const first = selectFirst(state);
    if (first < 0) {
      converged = true;
      break;
    }
    const rowFirst = kernel.row(first % kernel.size);
    const { second, violation } = selectSecond(state, first, rowFirst);
    if (second < 0 || violation < problem.tolerance) {
      converged = true;
      break;
    }
    if (iterations % progressEvery === 0) problem.onViolation?.(violation);
    const rowSecond = kernel.row(second % kernel.size);
    const [changeFirst, changeSecond] = movePair(state, first, second, rowFirst[second % kernel.size]!);
    updateGradient(state, [rowFirst, rowSecond], [signs[first]! * changeFirst, signs[second]! * changeSecond]);
  }
  return { alpha: state.alpha, rho: thresholdOf(state), iterations, converged };
};
