import { parquet } from '../duckdb/parquet-file.ts';
import { openSession } from '../duckdb/session.ts';
import { jsonValue, type RowValue } from './json-value.ts';

export type Row = Readonly<Record<string, RowValue>>;

export interface Page {
  /** rows passed over */
  readonly offset: number;
  /** 1,000 at most */
  readonly limit: number;
}

export const mostRows = 1_000;
const memoryBytes = 256 * 2 ** 20;

/**
 * Rows of a stored table in the file's order, safe for JSON: times in ISO 8601 (UTC), whole numbers beyond 2^53 as
 * strings.
 *
 * @throws RangeError for an offset below 0 or a limit that is not 1 to 1,000
 */
export async function readRows(path: string, { offset, limit }: Page): Promise<Row[]> {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new RangeError(`no row has the offset ${offset}`);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostRows) {
    throw new RangeError(`a page has 1 to ${mostRows} rows, not ${limit}`);
  }
  const session = await openSession({ paths: [path], memoryBytes, threads: 1 });
  try {
    const reader = await session.connection.runAndReadAll(
      `SELECT * FROM ${parquet(path)} LIMIT ${limit} OFFSET ${offset}`,
    );
    const names = reader.columnNames();
    // own properties, whatever the name: an assignment to __proto__ would lose the column
    return reader
      .getRows()
      .map((row) => Object.fromEntries(row.map((value, index) => [names[index] ?? '', jsonValue(value)])));
  } finally {
    session.close();
  }
}
