import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { copyToParquet } from '../duckdb/parquet-file.ts';
import { quoteList } from '../duckdb/quote.ts';
import { numberedNames } from '../name-columns.ts';
import { refuse } from '../problem.ts';
import { type RawTable, rawName, rowNumbers } from '../raw-table.ts';
import type { Staging } from '../staging.ts';
import { appendBlock, rowsInChunk } from './append-block.ts';
import { readBlocks } from './read-blocks.ts';
import { type NpyHeader, readHeader } from './read-header.ts';

/** More than this is moved to a file of its own, so that memory does not grow with the array. */
const cellsInMemory = 4_000_000;

/** Copies the array to the table `part`, and moves what is there to a Parquet file whenever it is large. */
async function appendArray(staging: Staging, file: FileHandle, header: NpyHeader): Promise<string[]> {
  const { connection } = staging.session;
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
    if (held < cellsInMemory && !(last && parts.length > 0)) continue;
    appender.closeSync();
    const path = join(staging.folder, `part-${parts.length}.parquet`);
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
 * Reads a `.npy` array of one or two dimensions into the relation `raw`.
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
    staging.checkWidth(columns);
    if (rows > staging.limits.rows) {
      refuse('too-many-rows', `The array has ${rows} rows; ${staging.limits.rows} are the most.`, 'Upload fewer rows.');
    }
    const names = numberedNames(columns);
    staging.checkNames(names);
    const parts = await appendArray(staging, file, header);
    const from = parts.length === 0 ? 'part' : `read_parquet(${quoteList(parts)})`;
    await staging.session.connection.run(`CREATE VIEW raw AS SELECT * FROM ${from}`);
    const type = { DOUBLE: 'real', BIGINT: 'integer', UBIGINT: 'integer', BOOLEAN: 'boolean' } as const;
    return {
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
