interface Span {
  readonly from: number;
  readonly to: number;
  sql(value: string): string;
}

const spans: readonly Span[] = [
  { from: 1_500, to: 2_500, sql: (year) => `make_timestamp(${year}, 1, 1, 0, 0, 0)` },
  { from: 150_001, to: 250_012, sql: (month) => `try_strptime(CAST(${month} AS VARCHAR), '%Y%m')` },
  { from: 15_000_101, to: 25_001_231, sql: (day) => `try_strptime(CAST(${day} AS VARCHAR), '%Y%m%d')` },
  { from: 1e8, to: 1e10, sql: (seconds) => `make_timestamp(${seconds} * 1000000)` },
  { from: 1e11, to: 1e13, sql: (milliseconds) => `make_timestamp(${milliseconds} * 1000)` },
];

/**
 * SQL of the time that whole numbers stand for in a column that was named as the time: years, `202401`, `20240131`,
 * seconds or milliseconds since 1970. Undefined if the range of the numbers is none of these.
 *
 * @param value SQL of a BIGINT
 */
export const timeFromInteger = (value: string, smallest: number, largest: number): string | undefined =>
  spans.find(({ from, to }) => smallest >= from && largest <= to)?.sql(value);
