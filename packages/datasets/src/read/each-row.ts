import { parquet } from '../duckdb/parquet-file.ts';
import { openSession } from '../duckdb/session.ts';
import { jsonValue } from './json-value.ts';
import type { Row } from './read-rows.ts';

const memoryBytes = 256 * 2 ** 20;

/** All rows of a stored table in its order, some 2,000 at a time, as `readRows` gives them. */
export async function* eachRow(path: string): AsyncGenerator<Row[]> {
  const session = await openSession({ paths: [path], memoryBytes, threads: 1 });
  try {
    const result = await session.connection.stream(`SELECT * FROM ${parquet(path)}`);
    const names = result.columnNames();
    for await (const chunk of result) {
      yield chunk
        .getRows()
        .map((row) => Object.fromEntries(row.map((value, index) => [names[index] ?? '', jsonValue(value)])));
    }
  } finally {
    session.close();
  }
}
