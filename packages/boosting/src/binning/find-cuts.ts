// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the loops
import { kernelConstant } from '../kernel/kernel.ts';
import { growTo, pageBytes } from '../kernel/plan-memory.ts';
import type { Team } from '../kernel/team.ts';
import type { Rows } from '../matrix.ts';

/** More rows do not move a quantile by much: with these a bin of 256 holds 390 sampled rows, give or take 20. */
const sampledRows = 100_000;

/** Columns read at a time: a cache line of a row holds so many numbers of 4 or 8 bytes that all get used. */
const columnsAtOnce = 16;

/** How the values of a feature fall into bins: bin b holds values below `cuts[b]`, and at least the cut before. */
export interface FeatureCuts {
  /** rising; one less than bins of values */
  readonly cuts: Float32Array;
  readonly hasMissing: boolean;
}

const columnsWithMissing = ({ values, columns }: Rows): Uint8Array => {
  const found = new Uint8Array(columns);
  let left = columns;
  for (let at = 0; at < values.length && left > 0; at += columns) {
    for (let column = 0; column < columns; column++) {
      const value = values[at + column]!;
      // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself, and asking takes longer
      if (value === value || found[column] === 1) continue;
      found[column] = 1;
      left--;
    }
  }
  return found;
};

/** Evenly spread rows of some columns, one column after the other. */
const sampleColumns = (
  { values, rows, columns }: Rows,
  first: number,
  width: number,
  taken: number,
  into: Float32Array,
): void => {
  for (let i = 0; i < taken; i++) {
    const row = taken === rows ? i : Math.floor((i * rows) / taken);
    const at = row * columns + first;
    for (let k = 0; k < width; k++) into[k * taken + i] = values[at + k]!;
  }
};

/**
 * Finds the cuts of each feature: between all neighbouring values when they are few, else at quantiles. A feature with
 * missing values gives one bin for them. Infinite values count as the largest ones. The kernel's memory behind its first
 * page is used meanwhile, and zero afterwards.
 *
 * @param bins of a feature at most, 256 or fewer
 * @param other rows whose missing values count too
 * @throws Problem `table-too-large`
 */
export const findCuts = ({ kernel, memory }: Team, x: Rows, bins: number, other?: Rows): FeatureCuts[] => {
  const taken = Math.min(x.rows, sampledRows);
  const width = Math.min(x.columns, columnsAtOnce);
  const keys = pageBytes + 4 * taken * width;
  const spare = keys + 4 * taken;
  const counts = spare + 4 * taken;
  const into = counts + kernelConstant(kernel, 'COUNTS_BYTES');
  const end = into + 4 * bins;
  growTo(memory, end);
  const sample = new Float32Array(memory.buffer, pageBytes, taken * width);
  const missing = columnsWithMissing(x);
  const missingElsewhere = other === undefined ? missing : columnsWithMissing(other);

  const cutsOf = (place: number, column: number): FeatureCuts => {
    const hasMissing = missing[column] === 1 || missingElsewhere[column] === 1;
    const values = pageBytes + 4 * taken * place;
    const count = kernel.findCuts(values, taken, keys, spare, counts, hasMissing ? bins - 1 : bins, into);
    // Without any value there is nothing to tell missing ones from.
    if (count < 0) return { cuts: new Float32Array(0), hasMissing: false };
    return { cuts: new Float32Array(memory.buffer, into, count).slice(), hasMissing };
  };
  const found: FeatureCuts[] = [];
  for (let first = 0; first < x.columns; first += columnsAtOnce) {
    const some = Math.min(columnsAtOnce, x.columns - first);
    sampleColumns(x, first, some, taken, sample);
    for (let place = 0; place < some; place++) found.push(cutsOf(place, first + place));
  }
  new Uint8Array(memory.buffer, pageBytes, end - pageBytes).fill(0);
  return found;
};
