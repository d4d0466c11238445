import type { DuplicatePolicy } from './raw-rows.ts';

/** An item's targets on the grid of periods, before gaps are filled. */
export interface PlacedTargets {
  /** Period index of the first value; meaningless where there are none. */
  readonly first: number;
  readonly values: Float64Array;
  readonly duplicates: number;
}

/**
 * @param periods period index of each row
 * @param at milliseconds of each row, by which `last` goes; of equal ones the later row
 * @param targets NaN is missing
 */
export const placeTargets = (
  rows: readonly number[],
  periods: Float64Array,
  at: Float64Array,
  targets: Float64Array,
  policy: DuplicatePolicy,
): PlacedTargets => {
  // A sum must not depend on the order of rows, to the last bit.
  const order = rows.toSorted(
    (a, b) =>
      (at[a] as number) - (at[b] as number) ||
      (policy === 'last' ? a - b : (targets[a] as number) - (targets[b] as number)),
  );
  const first = periods[order[0] ?? 0] ?? 0;
  const length = order.length === 0 ? 0 : (periods[order.at(-1) as number] as number) - first + 1;
  const values = new Float64Array(length).fill(Number.NaN);
  const counts = new Float64Array(length);
  for (const row of order) {
    const place = (periods[row] as number) - first;
    const isFirst = counts[place] === 0;
    counts[place] = (counts[place] as number) + 1;
    values[place] =
      isFirst || policy === 'last' ? (targets[row] as number) : (values[place] as number) + (targets[row] as number);
  }
  if (policy === 'mean')
    counts.forEach((count, place) => {
      if (count > 0) values[place] = (values[place] as number) / count;
    });
  return { first, values, duplicates: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0) };
};

/**
 * A known column on the grid: the last value of a period that is not missing.
 *
 * @param length periods from `first` on
 */
export const placeKnown = (
  rows: Iterable<number>,
  periods: Float64Array,
  column: Float64Array,
  first: number,
  length: number,
): Float64Array => {
  const values = new Float64Array(length).fill(Number.NaN);
  for (const row of rows) {
    const place = (periods[row] as number) - first;
    const value = column[row] as number;
    if (place >= 0 && place < length && !Number.isNaN(value)) values[place] = value;
  }
  return values;
};
