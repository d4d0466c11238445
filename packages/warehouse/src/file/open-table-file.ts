import { existsSync } from 'node:fs';
import { duckdbKind } from '../duckdb/duckdb-dialect.ts';
import { streamRows } from '../duckdb/stream-rows.ts';
import type { Cell, WarehouseColumn } from '../table.ts';
import { WarehouseError } from '../warehouse-error.ts';

/** A file that is a table, open for reading. */
export interface TableFile extends Disposable {
  readonly columns: readonly WarehouseColumn[];
  rows(signal?: AbortSignal): AsyncGenerator<readonly (readonly Cell[])[]>;
}

const readers: readonly (readonly [ending: RegExp, reader: string])[] = [
  [/\.parquet$/i, 'read_parquet'],
  [/\.(json|jsonl|ndjson)(\.gz)?$/i, 'read_json_auto'],
  // All lines are looked at: a price that is whole in the first thousands of lines is a fraction in the next.
  [/\.(csv|tsv|txt)(\.gz)?$/i, 'read_csv_auto'],
];

/**
 * Opens a CSV, TSV, Parquet or JSON file whose columns' kinds are found from all of its values.
 *
 * @throws WarehouseError `warehouse-file` when it is not there or no table
 */
export async function openTableFile(path: string): Promise<TableFile> {
  const reader = readers.find(([ending]) => ending.test(path))?.[1];
  if (reader === undefined)
    throw unreadable(path, 'its name ends in none of .csv, .tsv, .txt, .parquet, .json, .jsonl');
  if (!existsSync(path)) throw unreadable(path, 'there is no such file');
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MiB' });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  const quoted = `'${path.replaceAll("'", "''")}'`;
  const source = reader === 'read_csv_auto' ? `${reader}(${quoted}, sample_size = -1)` : `${reader}(${quoted})`;
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`CREATE VIEW source AS SELECT * FROM ${source}`);
    const described = await connection.runAndReadAll('SELECT column_name, column_type FROM (DESCRIBE source)');
    const columns = (described.getRowsJS() as [string, string][]).map(([stored, type]) => ({
      name: stored.toLowerCase(),
      stored,
      kind: duckdbKind(type),
    }));
    const query = { table: { name: 'source', columns }, columns, where: [] };
    return {
      columns,
      rows: (signal) => readable(path, streamRows(connection, query, signal)),
      [Symbol.dispose]: close,
    };
  } catch (error) {
    close();
    throw unreadable(path, firstLine(error));
  }
}

async function* readable<T>(path: string, rows: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* rows;
  } catch (error) {
    throw /^[A-Z][A-Za-z ]+ Error: /.test(firstLine(error)) ? unreadable(path, firstLine(error)) : error;
  }
}

const firstLine = (error: unknown): string => String((error as Error).message).split('\n')[0] ?? '';

const unreadable = (path: string, why: string) =>
  new WarehouseError('warehouse-file', `${path} cannot be read as a table: ${why}`);
