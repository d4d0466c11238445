import type { DuckDBTimestampValue, DuckDBValue } from '@duckdb/node-api';

export type RowValue = string | number | boolean | null;

/** Not by `instanceof`: that would load DuckDB, 120 ms and 50 MB, with every program that imports this package. */
const isTimestamp = (value: DuckDBValue): value is DuckDBTimestampValue =>
  typeof value === 'object' && value !== null && value.constructor.name === 'DuckDBTimestampValue';

/** A value as JSON can hold it: times in ISO 8601 (UTC), whole numbers beyond 2^53 as strings. */
export function jsonValue(value: DuckDBValue): RowValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (isTimestamp(value)) return new Date(Number(value.micros / 1000n)).toISOString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return String(value);
}
