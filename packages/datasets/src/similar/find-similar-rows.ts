import type { Column } from '@bellwether/contracts';
import type { DuckDBValue } from '@duckdb/node-api';
import { parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier, quoteLiteral } from '../duckdb/quote.ts';
import { openSession } from '../duckdb/session.ts';
import { jsonValue } from '../read/json-value.ts';
import type { Row } from '../read/read-rows.ts';

/** A value of a column as `readFrame` gives it: a time in milliseconds since the epoch. */
export interface WantedValue {
  readonly column: Column;
  /** null: missing */
  readonly value: string | number | boolean | null;
}

export interface SimilarRequest {
  /** how many rows at most */
  readonly count: number;
  /** columns whose values must be the same */
  readonly same: readonly WantedValue[];
  /** the numeric column whose values shall be near */
  readonly near?: { readonly column: Column; readonly value: number };
}

export interface SimilarRow {
  /** 1-based, in the table's order */
  readonly row: number;
  /** |value − wanted|; of a time in milliseconds; absent when nothing shall be near */
  readonly distance?: number;
  readonly values: Row;
}

export interface SimilarRows {
  /** rows that have the same values, and a value where one shall be near */
  readonly matching: number;
  /** nearest first, those as near as another in the table's order */
  readonly rows: readonly SimilarRow[];
}

const memoryBytes = 256 * 2 ** 20;

function comparable({ name, kind }: Column): string {
  if (kind === 'timestamp') return `epoch_ms(${quoteIdentifier(name)})`;
  const isNumberOrTruth = kind === 'numeric' || kind === 'integer' || kind === 'boolean';
  // ids may be stored as numbers, and a wanted id that is none would be an error of DuckDB's
  return isNumberOrTruth ? quoteIdentifier(name) : `CAST(${quoteIdentifier(name)} AS VARCHAR)`;
}

/** SQL with `$1`, `$2`, …: values are bound, never part of the text. */
interface Bound {
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
}

function matching({ same, near }: SimilarRequest): Bound {
  const values: DuckDBValue[] = [];
  const conditions = same.map(({ column, value }) =>
    value === null ? `${comparable(column)} IS NULL` : `${comparable(column)} = $${values.push(value)}`,
  );
  if (near !== undefined) conditions.push(`${comparable(near.column)} IS NOT NULL`);
  return { sql: ['true', ...conditions].join(' AND '), values };
}

/** @param before how many parameters stand before this one's */
function distanceOf({ near }: SimilarRequest, before: number): Bound {
  if (near === undefined) return { sql: '0', values: [] };
  return { sql: `abs(${comparable(near.column)}::DOUBLE - $${before + 1})`, values: [near.value] };
}

/** The rows of a stored table with their numbers from 0, as a column that none of the table's has the name of. */
function numberedTable(path: string, columns: readonly string[]): { from: string; number: string } {
  const isTaken = columns.some((name) => name.toLowerCase() === 'file_row_number');
  if (!isTaken)
    return { from: `read_parquet(${quoteLiteral(path)}, file_row_number = true)`, number: 'file_row_number' };
  let free = 'row_number';
  while (columns.some((name) => name.toLowerCase() === free)) free += '_';
  return { from: `(SELECT row_number() OVER () - 1 AS ${free}, * FROM ${parquet(path)})`, number: free };
}

/**
 * Finds the rows of a stored table that have the same values in some columns and the nearest value in another: exactly,
 * by looking at all of them.
 *
 * @param columns names of all columns of the table, in order
 */
export async function findSimilarRows(
  path: string,
  columns: readonly string[],
  request: SimilarRequest,
): Promise<SimilarRows> {
  const where = matching(request);
  const distance = distanceOf(request, where.values.length);
  const { from, number } = numberedTable(path, columns);
  const all = columns.map(quoteIdentifier).join(', ');
  const session = await openSession({ paths: [path], memoryBytes, threads: 2 });
  const query = async (sql: string, ...values: DuckDBValue[]) =>
    (await session.connection.runAndReadAll(sql, values)).getRows();
  try {
    const [[count] = []] = await query(`SELECT count(*) FROM ${from} WHERE ${where.sql}`, ...where.values);
    const found = await query(
      `SELECT ${number}, ${distance.sql}, ${all} FROM ${from} WHERE ${where.sql} ORDER BY 2, 1 LIMIT ${request.count}`,
      ...where.values,
      ...distance.values,
    );
    return {
      matching: Number(count),
      rows: found.map(([row, far, ...values]) => ({
        row: Number(row) + 1,
        ...(request.near === undefined ? {} : { distance: Number(far) }),
        // own properties, whatever the name: an assignment to __proto__ would lose the column
        values: Object.fromEntries(values.map((value, index) => [columns[index] ?? '', jsonValue(value)])),
      })),
    };
  } finally {
    session.close();
  }
}
