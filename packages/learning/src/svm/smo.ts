// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of variables
import type { DualProblem, DualSolution } from './dual-problem.ts';
import { shrink, unshrink } from './shrinking.ts';
import { alphaOf, initialState, movesOf, rises, type SolverState } from './solver-state.ts';
import { leastCurvature, type SecondChoice, selectFirst, selectSecond } from './working-set.ts';

const progressEvery = 512;
/** Iterations between two shrinkings, at most. */
const shrinkEvery = 1000;
/** So close to the end, in tolerances, all rows are looked at once more before the last shrinkings. */
const lastLook = 10;

/**
 * Moves the pair along the equality constraint to the optimum or to the box.
 * @param between the kernel of the pair
 * @returns by how much signs × α grew for each
 */
const movePair = (state: SolverState, first: number, second: number, between: number): readonly [number, number] => {
  const { signs, alpha, pull, bounds, kernel, moves, size } = state;
  const curvature = kernel.diagonal[first % size]! + kernel.diagonal[second % size]! - 2 * between;
  const roomFirst = signs[first]! > 0 ? bounds[first]! - alpha[first]! : alpha[first]!;
  const roomSecond = signs[second]! > 0 ? alpha[second]! : bounds[second]! - alpha[second]!;
  const step = Math.min((pull[first]! - pull[second]!) / Math.max(curvature, leastCurvature), roomFirst, roomSecond);
  const before = [alpha[first]!, alpha[second]!] as const;
  // at the end of its room a variable is set, not added to: missing its bound by rounding, it would be selected again
  if (step === roomFirst) alpha[first] = signs[first]! > 0 ? bounds[first]! : 0;
  else alpha[first]! += signs[first]! * step;
  if (step === roomSecond) alpha[second] = signs[second]! > 0 ? 0 : bounds[second]!;
  else alpha[second]! -= signs[second]! * step;
  for (const t of [first, second]) moves[t] = movesOf(signs[t]!, alpha[t]!, bounds[t]!);
  return [signs[first]! * (alpha[first]! - before[0]), signs[second]! * (alpha[second]! - before[1])];
};

/**
 * Brings the active pulls up to date, and returns what `selectFirst` would: one pass instead of two. The signs cancel:
 * a regressor's two variables of a row feel the same change.
 */
const updatePull = (
  { pull, moves, size, active }: SolverState,
  a: Float32Array,
  b: Float32Array,
  [byFirst, bySecond]: readonly [number, number],
): number => {
  let best = Number.NEGATIVE_INFINITY;
  let first = -1;
  for (let plane = 0; plane < pull.length; plane += size) {
    for (let k = 0; k < active; k++) {
      const t = plane + k;
      const value = pull[t]! - (a[k]! * byFirst + b[k]! * bySecond);
      pull[t] = value;
      if (value < best || (moves[t]! & rises) === 0) continue;
      best = value;
      first = t;
    }
  }
  return first;
};

/** The threshold: the mean over free variables, or the middle of what those at a bound allow. All rows are active. */
const thresholdOf = ({ pull, alpha, bounds, moves }: SolverState): number => {
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let free = 0;
  for (let t = 0; t < pull.length; t++) {
    if (alpha[t]! > 0 && alpha[t]! < bounds[t]!) {
      sum -= pull[t]!;
      free++;
    } else if ((moves[t]! & rises) !== 0) upper = Math.min(upper, -pull[t]!);
    else lower = Math.max(lower, -pull[t]!);
  }
  if (free > 0) return sum / free;
  return Number.isFinite(upper + lower) ? (upper + lower) / 2 : 0;
};

interface Pair extends SecondChoice {
  readonly first: number;
  readonly row: Float32Array;
}

/** The pair to move next, or undefined when the active variables are optimal. */
const choosePair = (state: SolverState, first: number, tolerance: number): Pair | undefined => {
  if (first < 0) return undefined;
  const row = state.kernel.row(first % state.size, state.active);
  const choice = selectSecond(state, first, row);
  return choice.second < 0 || choice.violation < tolerance ? undefined : { ...choice, first, row };
};

/** Decides when to shrink: called once an iteration, it says whether positions have changed. */
const createShrinker = (state: SolverState, tolerance: number): ((violation: number) => boolean) => {
  const interval = Math.min(state.size, shrinkEvery);
  let left = interval;
  let looked = false;
  return (violation) => {
    left--;
    if (left > 0) return false;
    left = interval;
    if (!looked && violation <= lastLook * tolerance) {
      looked = true;
      unshrink(state);
    }
    shrink(state);
    return true;
  };
};

/** Sequential minimal optimisation: from α = 0, moves two variables at a time until no pair violates optimality. */
export const solveDual = (problem: DualProblem): DualSolution => {
  const { tolerance, maxIterations, onViolation } = problem;
  const state = initialState(problem);
  const { kernel, size } = state;
  const reordered = createShrinker(state, tolerance);
  let iterations = 0;
  let first = selectFirst(state);
  let pair = choosePair(state, first, tolerance);
  while (pair !== undefined && iterations < maxIterations) {
    const { second, violation, row } = pair;
    if (iterations % progressEvery === 0) onViolation?.(violation);
    const rowSecond = kernel.row(second % size, state.active);
    const changes = movePair(state, first, second, row[second % size]!);
    first = updatePull(state, row, rowSecond, changes);
    iterations++;
    if (reordered(violation)) first = selectFirst(state);
    pair = choosePair(state, first, tolerance);
    if (pair === undefined && state.active < size) {
      unshrink(state);
      first = selectFirst(state);
      pair = choosePair(state, first, tolerance);
    }
  }
  unshrink(state);
  return { alpha: alphaOf(state), rho: thresholdOf(state), iterations, converged: pair === undefined };
};
