import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { copyToParquet } from '../duckdb/parquet-file.ts';
import { quoteList } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';
import { numberedNames } from '../name-columns.ts';
import { refuse } from '../problem.ts';
import { type RawTable, rawName, rowNumbers } from '../raw-table.ts';
import type { Staging } from '../staging.ts';
import { appendBlock, rowsInChunk } from './append-block.ts';
import { readBlocks } from './read-blocks.ts';
import { type NpyHeader, readHeader } from './read-header.ts';

/** What is held before it is moved to a file, so that memory does not grow with the array. */
const cellsInMemory = 4_000_000;

/** Copies the array to Parquet files by way of a table, and says which. */
async function appendArray(session: Session, folder: string, file: FileHandle, header: NpyHeader): Promise<string[]> {
  const { connection } = session;
  const { DuckDBDataChunk } = await import('@duckdb/node-api');
  const names = Array.from({ length: header.columns }, (_, index) => rawName(index));
  const table = `CREATE OR REPLACE TABLE part (${names.map((name) => `${name} ${header.dtype.sqlType}`).join(', ')})`;
  const parts: string[] = [];
  await connection.run(table);
  let appender = await connection.createAppender('part');
  const types = names.map((_, index) => appender.columnType(index));
  const chunk = DuckDBDataChunk.create(types);
  let held = 0;
  for await (const block of readBlocks(file, header, rowsInChunk)) {
    appendBlock(appender, chunk, block, header.columns, header.dtype.decode);
    held += block.rows * header.columns;
    const last = block.firstRow + block.rows === header.rows;
    if (held < cellsInMemory && !last) continue;
    appender.closeSync();
    const path = join(folder, `part-${parts.length}.parquet`);
    await connection.run(copyToParquet('SELECT * FROM part', path, header.columns));
    parts.push(path);
    await connection.run(table);
    appender = await connection.createAppender('part');
    held = 0;
  }
  appender.closeSync();
  return parts;
}

/**
 * Reads a `.npy` array of one or two dimensions as the relation `raw`.
 *
 * @throws RefusedData with what is wrong
 */
export async function stageNpy(staging: Staging): Promise<RawTable> {
  const file = await open(staging.source, 'r');
  try {
    const header = await readHeader(file);
    const { rows, columns, dtype } = header;
    if (columns === 0) refuse('no-columns', 'The array has no columns.', 'Save an array with columns.');
    if (rows === 0) refuse('no-rows', 'The array has no rows.', 'Save an array with rows.');
    const session = await staging.open(columns);
    if (rows > staging.limits.rows) {
      refuse('too-many-rows', `The array has ${rows} rows; ${staging.limits.rows} are the most.`, 'Upload fewer rows.');
    }
    const names = numberedNames(columns);
    staging.checkNames(names);
    const parts = await appendArray(session, staging.folder, file, header);
    const type = { DOUBLE: 'real', BIGINT: 'integer', UBIGINT: 'integer', BOOLEAN: 'boolean' } as const;
    return {
      query: `SELECT * FROM read_parquet(${quoteList(parts)})`,
      columns: names.map((name, index) => ({ name, sql: rawName(index), type: type[dtype.sqlType] })),
      rows,
      problems: [],
      decimalComma: false,
      places: rowNumbers,
    };
  } finally {
    await file.close();
  }
}
