import type { PlainType, RawColumn } from '../raw-table.ts';
import type { Decision } from './decision.ts';
import { plainNumber, type Reading, truthValue } from './reading.ts';
import { isoTimestamp } from './timestamp-readings.ts';

/** What a column is taken for, and how that is proven while it is stored. */
export interface Proof {
  /** SQL of the text as it is read, over `raw` */
  readonly read: string;
  /** SQL of the stored value, over the text and `read`; an error where the column is something else */
  readonly value: (read: string) => string;
  /** the same where the file's reader hands on values of this type: SQL over the value */
  readonly plain?: { readonly type: PlainType; readonly value: (value: string) => string };
}

const otherwise = "error('not what the sample was')";
const given = (value: string, condition: string, stored: string): string =>
  `CASE WHEN ${value} IS NULL OR (${condition}) THEN ${stored} ELSE ${otherwise} END`;
const proven = (text: string, condition: string, value: string): string =>
  `CASE WHEN ${text} IS NULL THEN NULL WHEN ${condition} THEN ${value} ELSE ${otherwise} END`;

function proofOfNumber(text: string, stored: string): Proof | undefined {
  const plain = `NOT contains(${text}, '_')`;
  const read = `CAST(${text} AS DOUBLE)`;
  if (stored === plainNumber.plain?.(text, 'DOUBLE')) {
    return {
      read,
      value: (number) => proven(text, `isfinite(${number}) AND ${plain}`, number),
      plain: { type: 'DOUBLE', value: (number) => given(number, `isfinite(${number})`, number) },
    };
  }
  if (stored !== plainNumber.plain?.(text, 'BIGINT')) return undefined;
  const whole = (number: string) => `${number} = trunc(${number}) AND abs(${number}) < ${2 ** 53}`;
  const noCode = `NOT (starts_with(${text}, '0') AND length(${text}) > 1)`;
  const value = (number: string) =>
    proven(text, `${whole(number)} AND ${plain} AND ${noCode}`, `CAST(${number} AS BIGINT)`);
  const plainly = (number: string) => given(number, whole(number), `CAST(${number} AS BIGINT)`);
  return { read, value, plain: { type: 'BIGINT', value: plainly } };
}

/** A time whose year has four digits, so that what comes behind it can be told by its place. */
const inFourDigits = (time: string): string =>
  given(time, `${time} >= TIMESTAMP '1000-01-01' AND ${time} < TIMESTAMP '10000-01-01'`, time);

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
  const proof = { read: decision.sql, value: (read: string) => proven(text, `${read} IS NOT NULL`, read) };
  return plainly === isoTimestamp ? { ...proof, plain: { type: 'TIMESTAMP', value: inFourDigits } } : proof;
}
