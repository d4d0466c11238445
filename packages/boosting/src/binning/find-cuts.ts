// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by the loops
import type { Rows } from '../matrix.ts';
import { floatOfKey, keyOfBits, sortKeys } from './sortable.ts';

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

/** The largest float32: what lies beyond would be infinite. */
export const largestFloat = 3.4028234663852886e38;

/** A value as float32 that is finite; -0 becomes 0, since the two are equal and must not be told apart. */
export const clipToFloat = (value: number): number => Math.min(largestFloat, Math.max(-largestFloat, value)) + 0;

/** Between two neighbouring values, so that x < cut tells them apart. */
const between = (low: number, high: number): number => {
  const middle = Math.fround(low / 2 + high / 2);
  return middle > low ? middle : high;
};

/** Where the run of equal keys that begins at `from` ends. */
const runEnd = (keys: Uint32Array, from: number, count: number): number => {
  const key = keys[from];
  let end = from + 1;
  while (end < count && keys[end] === key) end++;
  return end;
};

const countRuns = (keys: Uint32Array, count: number): number => {
  let runs = count > 0 ? 1 : 0;
  for (let i = 1; i < count; i++) if (keys[i] !== keys[i - 1]) runs++;
  return runs;
};

/**
 * Bins of about as many rows each; a value that fills more than one bin has its own, and the others share the rest.
 *
 * @param keys sorted
 */
const cutsBetween = (keys: Uint32Array, count: number, bins: number): Float32Array => {
  const cuts: number[] = [];
  let runsLeft = countRuns(keys, count);
  let rowsLeft = count;
  let binsLeft = bins;
  let begin = 0;
  let end = count > 0 ? runEnd(keys, 0, count) : 0;
  while (end < count && binsLeft > 1) {
    const nextEnd = runEnd(keys, end, count);
    const filled = end - begin;
    const wanted = rowsLeft / binsLeft;
    runsLeft--;
    // Full, or nearer to it than with the next value; or there are as many bins left as values.
    if (filled >= wanted || filled + (nextEnd - end) / 2 > wanted || runsLeft < binsLeft) {
      cuts.push(between(floatOfKey(keys[end - 1]!), floatOfKey(keys[end]!)));
      rowsLeft -= filled;
      binsLeft--;
      begin = end;
    }
    end = nextEnd;
  }
  return Float32Array.from(cuts);
};

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
const sampleColumns = ({ values, rows, columns }: Rows, first: number, width: number, into: Float32Array): void => {
  const taken = into.length / columnsAtOnce;
  for (let i = 0; i < taken; i++) {
    const row = taken === rows ? i : Math.floor((i * rows) / taken);
    const at = row * columns + first;
    for (let k = 0; k < width; k++) into[k * taken + i] = clipToFloat(values[at + k]!);
  }
};

/**
 * Finds the cuts of each feature: between all neighbouring values when they are few, else at quantiles. A feature with
 * missing values gives one bin for them.
 *
 * @param bins of a feature at most, 256 or fewer
 * @param other rows whose missing values count too
 */
export const findCuts = (x: Rows, bins: number, other?: Rows): FeatureCuts[] => {
  const taken = Math.min(x.rows, sampledRows);
  const floats = new Float32Array(taken * columnsAtOnce);
  const bits = new Uint32Array(floats.buffer);
  const keys = new Uint32Array(taken);
  const spare = new Uint32Array(taken);
  const missing = columnsWithMissing(x);
  const missingElsewhere = other === undefined ? missing : columnsWithMissing(other);

  const cutsOf = (place: number, column: number): FeatureCuts => {
    let count = 0;
    for (let i = place * taken; i < (place + 1) * taken; i++) {
      const value = floats[i]!;
      // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself
      if (value === value) keys[count++] = keyOfBits(bits[i]!);
    }
    const sorted = sortKeys(keys, spare, count);
    // Without any value there is nothing to tell missing ones from.
    const hasMissing = count > 0 && (missing[column] === 1 || missingElsewhere[column] === 1);
    return { cuts: cutsBetween(sorted, count, hasMissing ? bins - 1 : bins), hasMissing };
  };
  const found: FeatureCuts[] = [];
  for (let first = 0; first < x.columns; first += columnsAtOnce) {
    const width = Math.min(columnsAtOnce, x.columns - first);
    sampleColumns(x, first, width, floats);
    for (let place = 0; place < width; place++) found.push(cutsOf(place, first + place));
  }
  return found;
};
