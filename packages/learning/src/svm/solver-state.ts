// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of variables
import type { DualProblem } from './dual-problem.ts';
import type { KernelRows } from './kernel-rows.ts';
import { type Swaps, swapPositions } from './swap-positions.ts';

/**
 * A variable's place is its row's position, plus the number of rows for the second variable of a regressor's row.
 * Shrinking exchanges positions, so that the active ones come first; all arrays follow.
 */
export interface SolverState {
  readonly kernel: KernelRows;
  /** number of rows */
  readonly size: number;
  /** the problem's row at each position */
  readonly rows: Int32Array;
  readonly signs: Int8Array;
  readonly linear: Float64Array;
  readonly bounds: Float64Array;
  readonly alpha: Float64Array;
  /** -signs[t] × the objective's derivative by α[t]; at the optimum no variable that rises exceeds one that falls */
  readonly pull: Float64Array;
  /** what each variable can do, kept beside α because the selection loops are where the time goes */
  readonly moves: Uint8Array;
  /** positions from here on rest: their `pull` is not kept up */
  active: number;
}

/** signs[t] α[t] can grow, or fall, without α[t] leaving its box. */
export const rises = 1;
export const falls = 2;

export const movesOf = (sign: number, alpha: number, bound: number): number => {
  const grows = alpha < bound ? (sign > 0 ? rises : falls) : 0;
  const shrinks = alpha > 0 ? (sign > 0 ? falls : rises) : 0;
  return grows | shrinks;
};

/** All α at 0. */
export const initialState = ({ kernel, signs, linear, bounds }: DualProblem): SolverState => ({
  kernel,
  size: kernel.size,
  rows: Int32Array.from({ length: kernel.size }, (_, row) => row),
  signs: signs.slice(),
  linear: linear.slice(),
  bounds: Float64Array.from(signs, (sign) => (sign > 0 ? bounds.positive : bounds.negative)),
  alpha: new Float64Array(signs.length),
  pull: linear.map((value, t) => -signs[t]! * value),
  moves: Uint8Array.from(signs, (sign) => movesOf(sign, 0, sign > 0 ? bounds.positive : bounds.negative)),
  active: kernel.size,
});

/** Exchanges positions in everything that goes by them. */
export const swapRows = (state: SolverState, swaps: Swaps): void => {
  const { size, rows, signs, linear, bounds, alpha, pull, moves, kernel } = state;
  swapPositions(rows, swaps);
  for (let plane = 0; plane < signs.length; plane += size) {
    for (const values of [signs, linear, bounds, alpha, pull, moves]) swapPositions(values, swaps, plane);
  }
  kernel.swap(swaps);
};

/** α in the order of the problem's variables. */
export const alphaOf = ({ size, rows, alpha }: SolverState): Float64Array => {
  const ordered = new Float64Array(alpha.length);
  for (let t = 0; t < alpha.length; t++) {
    const plane = t - (t % size);
    ordered[plane + rows[t - plane]!] = alpha[t]!;
  }
  return ordered;
};
