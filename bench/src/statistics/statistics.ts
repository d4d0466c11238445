/**
 * The middle value, or the mean of the two middle ones.
 *
 * @throws RangeError of nothing
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] as number;
  return (lower + upper) / 2;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Median with the smallest and the largest value.
 *
 * @throws RangeError of nothing
 */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * The quotients ours/theirs, each of the same round: what disturbs a whole round disturbs both sides of its quotient.
 *
 * @throws RangeError when the rounds differ in number
 */
export function ratiosByRound(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length !== theirs.length) throw new RangeError(`${ours.length} rounds beside ${theirs.length}`);
  return ours.map((value, round) => value / (theirs[round] as number));
}

/**
 * The smallest value that at least the given share of values do not exceed (nearest rank).
 *
 * @param sorted ascending
 * @param share above 0, at most 1
 * @throws RangeError of nothing
 */
export function percentile(sorted: Float64Array, share: number): number {
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  if (value === undefined) throw new RangeError('there is no percentile of nothing');
  return value;
}
