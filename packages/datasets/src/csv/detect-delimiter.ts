import { parseRecords } from './parse-records.ts';

/** In order of preference when both fit: in `1;2,5` the comma is a decimal one. */
const delimiters = ['\t', ';', '|', ','] as const;

function mostFrequent(counts: readonly number[]): { count: number; share: number } {
  const frequency = new Map<number, number>();
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  const [count, times] = [...frequency].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { count, share: times / Math.max(1, counts.length) };
}

/**
 * The delimiter that gives most records the same number of values, more than one; a comma if none does.
 *
 * Not DuckDB's sniffer: it takes a comma file with one ragged row for one column delimited by `|`, and skips a first
 * line that does not fit, both without a word.
 */
export function detectDelimiter(sample: string, whole: boolean): string {
  let best = { delimiter: ',', share: 0 };
  for (const delimiter of delimiters) {
    const { count, share } = mostFrequent(parseRecords(sample, delimiter, whole).map((record) => record.length));
    if (count > 1 && share > best.share) best = { delimiter, share };
  }
  return best.delimiter;
}
