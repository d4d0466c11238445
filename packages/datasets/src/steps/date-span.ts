import { quoteIdentifier } from '../duckdb/quote.ts';

/**
 * SQL of one row about a column of dates: how many rows are `undated`, the `earliest` and the `latest` date. Nothing else
 * is asked, so that of a stored table the statistics in its file answer, without a value being read.
 */
export function dateSpan(date: string, relation: string): string {
  const time = quoteIdentifier(date);
  return `SELECT total - dated AS undated, earliest, latest FROM
    (SELECT count(*) AS total, count(${time}) AS dated, min(${time}) AS earliest, max(${time}) AS latest FROM ${relation})`;
}
