/**
 * The largest relative difference between two lists of predictions, relative to the larger magnitude of each pair.
 *
 * @returns Infinity when the lists differ in length or hold something that is no number
 */
export function largestDifference(ours: readonly unknown[], theirs: readonly unknown[]): number {
  if (ours.length === 0 || ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  return Math.max(...ours.map((value, i) => relativeDifference(value, theirs[i])));
}

function relativeDifference(a: unknown, b: unknown): number {
  if (typeof a !== 'number' || typeof b !== 'number' || Number.isNaN(a - b)) return Number.POSITIVE_INFINITY;
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
