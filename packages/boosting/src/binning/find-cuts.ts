import type { Rows } from '../matrix.ts';
import { floatOfKey, keyOfBits, sortKeys } from './sortable.ts';

/** More rows do not move a quantile by much: each cut is off by about 0.1 % of the rows. */
const sampledRows = 200_000;

/** How the values of a feature fall into bins: bin b holds values below `cuts[b]`, and at least the cut before. */
export interface FeatureCuts {
  /** rising; one less than bins of values */
  readonly cuts: Float32Array;
  readonly hasMissing: boolean;
}

/** Between two neighbouring values, so that x < cut tells them apart. */
const between = (low: number, high: number): number => {
  const middle = Math.fround(low / 2 + high / 2);
  return middle > low ? middle : high;
};

interface Distinct {
  readonly values: Float32Array;
  readonly counts: Uint32Array;
}

const distinctOf = (sorted: Uint32Array, count: number): Distinct => {
  const values: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < count; ) {
    const key = sorted[i] as number;
    const start = i;
    while (i < count && sorted[i] === key) i++;
    values.push(floatOfKey(key));
    counts.push(i - start);
  }
  return { values: Float32Array.from(values), counts: Uint32Array.from(counts) };
};

/**
 * Bins of about as many rows each; a value that fills more than one bin has its own, and the others share the rest.
 */
const cutsBetween = ({ values, counts }: Distinct, bins: number): Float32Array => {
  const cuts: number[] = [];
  let rowsLeft = counts.reduce((sum, count) => sum + count, 0);
  let binsLeft = bins;
  let filled = 0;
  for (let i = 0; i + 1 < values.length && binsLeft > 1; i++) {
    const count = counts[i] as number;
    filled += count;
    const next = counts[i + 1] as number;
    const wanted = rowsLeft / binsLeft;
    const isFull = filled >= wanted || filled + next / 2 > wanted || values.length - i - 1 < binsLeft;
    if (!isFull) continue;
    cuts.push(between(values[i] as number, values[i + 1] as number));
    rowsLeft -= filled;
    filled = 0;
    binsLeft--;
  }
  return Float32Array.from(cuts);
};

/**
 * Finds the cuts of each feature: between all neighbouring values when they are few, else at quantiles. A feature with
 * missing values gives one bin for them.
 *
 * @param bins of a feature at most, 256 or fewer
 * @param other rows whose missing values count too
 */
export const findCuts = (x: Rows, bins: number, other?: Rows): FeatureCuts[] => {
  const { values, rows, columns } = x;
  const taken = Math.min(rows, sampledRows);
  const floats = new Float32Array(taken);
  const bits = new Uint32Array(floats.buffer);
  const keys = new Uint32Array(taken);
  const spare = new Uint32Array(taken);
  const missing = columnsWithMissing(x);
  const missingElsewhere = other === undefined ? missing : columnsWithMissing(other);
  return Array.from({ length: columns }, (_, column) => {
    for (let i = 0; i < taken; i++) {
      const row = taken === rows ? i : Math.floor((i * rows) / taken);
      floats[i] = clipToFloat(values[row * columns + column] as number);
    }
    let count = 0;
    for (let i = 0; i < taken; i++) {
      if (Number.isNaN(floats[i])) continue;
      keys[count++] = keyOfBits(bits[i] as number);
    }
    const sorted = sortKeys(keys, spare, count);
    // Without any value there is nothing to tell missing ones from.
    const hasMissing = count > 0 && (missing[column] === 1 || missingElsewhere[column] === 1);
    return { cuts: cutsBetween(distinctOf(sorted, count), hasMissing ? bins - 1 : bins), hasMissing };
  });
};

/** The largest float32: what lies beyond would be infinite. */
export const largestFloat = 3.4028234663852886e38;

/** A value as float32 that is finite; -0 becomes 0, since the two are equal and must not be told apart. */
export const clipToFloat = (value: number): number => Math.min(largestFloat, Math.max(-largestFloat, value)) + 0;

const columnsWithMissing = ({ values, columns }: Rows): Uint8Array => {
  const found = new Uint8Array(columns);
  for (let at = 0; at < values.length; at += columns) {
    for (let column = 0; column < columns; column++) {
      if (Number.isNaN(values[at + column])) found[column] = 1;
    }
  }
  return found;
};
