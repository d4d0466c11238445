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
  /** -signs[t] × the objective's derivative by α[t]; at the optimum no variable that rises exceeds one that falls */
  readonly pull: Float64Array;
  /** what each variable can do, kept beside α because the selection loops are where the time goes */
  readonly moves: Uint8Array;
}

/** signs[t] α[t] can grow, or fall, without α[t] leaving its box. */
const rises = 1;
const falls = 2;

/** Replaces a curvature that is not positive (identical rows), as LIBSVM does. */
const leastCurvature = 1e-12;
const progressEvery = 512;

const movesOf = (sign: number, alpha: number, bound: number): number => {
  const grows = alpha < bound ? (sign > 0 ? rises : falls) : 0;
  const shrinks = alpha > 0 ? (sign > 0 ? falls : rises) : 0;
  return grows | shrinks;
};

/** The variable that violates the optimality conditions most on the rising side; -1 when none can rise. */
const selectFirst = ({ pull, moves }: State): number => {
  let best = Number.NEGATIVE_INFINITY;
  let first = -1;
  for (let t = 0; t < moves.length; t++) {
    if ((moves[t]! & rises) !== 0 && pull[t]! >= best) {
      best = pull[t]!;
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
  const { pull, moves, kernel } = state;
  const { diagonal, size } = kernel;
  const top = pull[first]!;
  const ownDiagonal = diagonal[first % size]!;
  let lowest = Number.POSITIVE_INFINITY;
  let best = 0;
  let second = -1;
  for (let t = 0; t < moves.length; t++) {
    if ((moves[t]! & falls) === 0) continue;
    const value = pull[t]!;
    if (value < lowest) lowest = value;
    const gap = top - value;
    if (gap <= 0) continue;
    const k = t < size ? t : t - size;
    const curvature = ownDiagonal + diagonal[k]! - 2 * row[k]!;
    const gain = (gap * gap) / Math.max(curvature, leastCurvature);
    if (gain >= best) {
      best = gain;
      second = t;
    }
  }
  return { second, violation: top - lowest };
};

/**
 * Moves the pair along the equality constraint to the optimum or to the box.
 * @param between the kernel of the pair
 * @returns by how much signs × α grew for each
 */
const movePair = (state: State, first: number, second: number, between: number): [number, number] => {
  const { signs, alpha, pull, bound, kernel, moves } = state;
  const curvature = kernel.diagonal[first % kernel.size]! + kernel.diagonal[second % kernel.size]! - 2 * between;
  const roomFirst = signs[first]! > 0 ? bound - alpha[first]! : alpha[first]!;
  const roomSecond = signs[second]! > 0 ? alpha[second]! : bound - alpha[second]!;
  const step = Math.min((pull[first]! - pull[second]!) / Math.max(curvature, leastCurvature), roomFirst, roomSecond);
  const before = [alpha[first]!, alpha[second]!] as const;
  // at the end of its room a variable is set, not added to: missing its bound by rounding, it would be selected again
  if (step === roomFirst) alpha[first] = signs[first]! > 0 ? bound : 0;
  else alpha[first]! += signs[first]! * step;
  if (step === roomSecond) alpha[second] = signs[second]! > 0 ? 0 : bound;
  else alpha[second]! -= signs[second]! * step;
  for (const t of [first, second]) moves[t] = movesOf(signs[t]!, alpha[t]!, bound);
  return [signs[first]! * (alpha[first]! - before[0]), signs[second]! * (alpha[second]! - before[1])];
};

/** The signs cancel: a regressor's two variables of a row feel the same change. */
const updatePull = (state: State, a: Float32Array, b: Float32Array, [byFirst, bySecond]: [number, number]): void => {
  const { pull, kernel } = state;
  for (let from = 0; from < pull.length; from += kernel.size) {
    for (let k = 0; k < kernel.size; k++) pull[from + k]! -= a[k]! * byFirst + b[k]! * bySecond;
  }
};

/** The threshold: the mean over free variables, or the middle of what those at a bound allow. */
const thresholdOf = ({ pull, alpha, bound, moves }: State): number => {
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let free = 0;
  for (let t = 0; t < pull.length; t++) {
    if (alpha[t]! > 0 && alpha[t]! < bound) {
      sum -= pull[t]!;
      free++;
    } else if ((moves[t]! & rises) !== 0) upper = Math.min(upper, -pull[t]!);
    else lower = Math.max(lower, -pull[t]!);
  }
  if (free > 0) return sum / free;
  return Number.isFinite(upper + lower) ? (upper + lower) / 2 : 0;
};

/** Sequential minimal optimisation: from α = 0, moves two variables at a time until no pair violates optimality. */
export const solveDual = (problem: DualProblem): DualSolution => {
  const { kernel, signs, bound, tolerance, maxIterations, onViolation } = problem;
  const state: State = {
    ...problem,
    alpha: new Float64Array(signs.length),
    pull: problem.linear.map((value, t) => -signs[t]! * value),
    moves: Uint8Array.from(signs, (sign) => movesOf(sign, 0, bound)),
  };
  let iterations = 0;
  let converged = false;
  for (; iterations < maxIterations; iterations++) {
    const first = selectFirst(state);
    const rowFirst = first < 0 ? undefined : kernel.row(first % kernel.size);
    const choice = rowFirst && selectSecond(state, first, rowFirst);
    converged = choice === undefined || choice.second < 0 || choice.violation < tolerance;
    if (converged) break;
    const { second, violation } = choice!;
    if (iterations % progressEvery === 0) onViolation?.(violation);
    const rowSecond = kernel.row(second % kernel.size);
    const changes = movePair(state, first, second, rowFirst![second % kernel.size]!);
    updatePull(state, rowFirst!, rowSecond, changes);
  }
  return { alpha: state.alpha, rho: thresholdOf(state), iterations, converged };
};
