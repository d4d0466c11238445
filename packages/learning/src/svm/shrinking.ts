// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of variables
import { falls, rises, type SolverState, swapRows } from './solver-state.ts';

/** The greatest pull of a variable that can rise, and the least of one that can fall. */
const extremes = ({ pull, moves, size, active }: SolverState): { top: number; bottom: number } => {
  let top = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  for (let plane = 0; plane < pull.length; plane += size) {
    for (let t = plane; t < plane + active; t++) {
      if ((moves[t]! & rises) !== 0) top = Math.max(top, pull[t]!);
      if ((moves[t]! & falls) !== 0) bottom = Math.min(bottom, pull[t]!);
    }
  }
  return { top, bottom };
};

/** At its bound, and pulled so hard against it that it will most likely stay there. */
const rests = ({ pull, moves }: SolverState, t: number, top: number, bottom: number): boolean => {
  if (moves[t] === rises) return pull[t]! < bottom;
  return moves[t] === falls && pull[t]! > top;
};

/**
 * Puts rows whose variables will most likely stay at their bounds behind the active ones (Joachims, "Making
 * large-scale SVM learning practical", 1998; LIBSVM's rule).
 */
export const shrink = (state: SolverState): void => {
  const { size, active, pull } = state;
  const { top, bottom } = extremes(state);
  const resting = new Uint8Array(active).fill(1);
  for (let plane = 0; plane < pull.length; plane += size) {
    for (let k = 0; k < active; k++) resting[k]! &= rests(state, plane + k, top, bottom) ? 1 : 0;
  }
  const kept = active - resting.reduce((sum, rest) => sum + rest, 0);
  const swaps: number[] = [];
  let behind = kept;
  for (let k = 0; k < kept; k++) {
    if (resting[k] === 0) continue;
    while (resting[behind] === 1) behind++;
    swaps.push(k, behind);
    behind++;
  }
  if (swaps.length > 0) swapRows(state, Int32Array.from(swaps));
  state.active = kept;
};

/** Makes all rows active again, after it has brought the pulls of the resting ones up to date. */
export const unshrink = (state: SolverState): void => {
  const { size, active, pull, signs, alpha, linear, kernel } = state;
  if (active === size) return;
  for (let plane = 0; plane < pull.length; plane += size) {
    for (let t = plane + active; t < plane + size; t++) pull[t] = -signs[t]! * linear[t]!;
  }
  for (let k = 0; k < size; k++) {
    let coefficient = 0;
    for (let t = k; t < pull.length; t += size) coefficient += signs[t]! * alpha[t]!;
    if (coefficient === 0) continue;
    const row = kernel.row(k, size);
    for (let plane = 0; plane < pull.length; plane += size) {
      for (let other = active; other < size; other++) pull[plane + other]! -= coefficient * row[other]!;
    }
  }
  state.active = size;
};
