// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the number of variables
import { rises, type SolverState } from './solver-state.ts';

/** Replaces a curvature that is not positive (identical rows), as LIBSVM does. */
export const leastCurvature = 1e-12;

/** The active variable that violates the optimality conditions most on the rising side; -1 when none can rise. */
export const selectFirst = ({ pull, moves, size, active }: SolverState): number => {
  let best = Number.NEGATIVE_INFINITY;
  let first = -1;
  for (let plane = 0; plane < pull.length; plane += size) {
    for (let t = plane; t < plane + active; t++) {
      if ((moves[t]! & rises) === 0 || pull[t]! < best) continue;
      best = pull[t]!;
      first = t;
    }
  }
  return first;
};

export interface SecondChoice {
  /** -1 when there is none */
  readonly second: number;
  /** by how much the most violating pair violates optimality */
  readonly violation: number;
}

/**
 * The partner with which the objective falls most, by its second-order estimate (Fan, Chen and Lin, "Working set
 * selection using second order information for training support vector machines", 2005, WSS 2). Variables that cannot
 * fall, or are no violation, count with a gap of 0 instead of being skipped: which they are cannot be predicted, and a
 * mispredicted branch costs more than a division.
 * @param row kernel row of `first`
 */
export const selectSecond = (state: SolverState, first: number, row: Float32Array): SecondChoice => {
  const { pull, moves, kernel, size, active } = state;
  const { diagonal } = kernel;
  const top = pull[first]!;
  const ownDiagonal = diagonal[first % size]!;
  let widest = 0;
  let best = 0;
  let second = -1;
  for (let plane = 0; plane < pull.length; plane += size) {
    for (let k = 0; k < active; k++) {
      const t = plane + k;
      const difference = (top - pull[t]!) * (moves[t]! >> 1);
      const gap = (difference + Math.abs(difference)) / 2;
      const curvature = ownDiagonal + diagonal[k]! - 2 * row[k]!;
      const gain = (gap * gap) / Math.max(curvature, leastCurvature);
      if (gap > widest) widest = gap;
      if (gain > best) {
        best = gain;
        second = t;
      }
    }
  }
  return { second, violation: widest };
};
