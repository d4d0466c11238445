import type { RawColumn } from '../raw-table.ts';
import type { Decision } from './decision.ts';
import { plainNumber, type Reading, truthValue } from './reading.ts';
import { isoTimestamp } from './timestamp-readings.ts';

/** What a column is taken for, and how that is proven while it is stored. */
export interface Proof {
  /** SQL of the text as it is read, over `raw` */
  readonly read: string;
  /** SQL of the stored value, over the text and `read`; an error where the column is something else */
  readonly value: (read: string) => string;
}

const otherwise = "error('not what the sample was')";
const proven = (text: string, condition: string, value: string): string =>
  `CASE WHEN ${text} IS NULL THEN NULL WHEN ${condition} THEN ${value} ELSE ${otherwise} END`;

function proofOfNumber(text: string, stored: string): Proof | undefined {
  const plain = `NOT contains(${text}, '_')`;
  const read = `CAST(${text} AS DOUBLE)`;
  if (stored === plainNumber.plain?.(text, 'DOUBLE')) {
    return { read, value: (number) => proven(text, `isfinite(${number}) AND ${plain}`, number) };
  }
  if (stored !== plainNumber.plain?.(text, 'BIGINT')) return undefined;
  const whole = (number: string) => `${number} = trunc(${number}) AND abs(${number}) < ${2 ** 53}`;
  const noCode = `NOT (starts_with(${text}, '0') AND length(${text}) > 1)`;
  const value = (number: string) =>
    proven(text, `${whole(number)} AND ${plain} AND ${noCode}`, `CAST(${number} AS BIGINT)`);
  return { read, value };
}

/**
 * How to prove what a sample says of a column of text, in the one pass that stores it: that all values would have been
 * read in the same way. Undefined where all of them have to be weighed.
 *
 * @param decision from a sample
 * @param candidates that the sample left
 */
export function proofOf(column: RawColumn, decision: Decision, candidates: readonly Reading[]): Proof | undefined {
  const { sql: text, type } = column;
  if (type !== 'untyped' || decision.findings.length > 0) return undefined;
  if (candidates.length === 0) return { read: text, value: () => text };
  const plainly = [isoTimestamp, truthValue].find((reading) => reading.sql(text) === decision.sql);
  if (plainly === undefined) return proofOfNumber(text, decision.sql);
  return { read: decision.sql, value: (read) => proven(text, `${read} IS NOT NULL`, read) };
}
