import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Column, Frame } from '@bellwether/contracts';
import { queryRow } from '../duckdb/measure-columns.ts';
import { copyToParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { openSession } from '../duckdb/session.ts';
import { readBlocks } from '../read/read-blocks.ts';
import { storedColumns } from '../split/stored-columns.ts';
import { appendValues, type NewColumn, type NewValues, openAppender } from './append-values.ts';

export interface TableExtension {
  /** path of the Parquet file to write: it appears complete or not at all */
  readonly output: string;
  /** for spilled data */
  readonly folder: string;
  /** the columns that `compute` is given, with the kinds of the table's schema */
  readonly inputs: readonly Column[];
  /** columns that come after the table's own; no name of theirs may be taken, whatever its case */
  readonly added: readonly NewColumn[];
  /** values of the new columns for a block of rows, one array a column */
  readonly compute: (block: Frame) => readonly NewValues[];
  /** takes the share of the rows that is done, 0 to 1 */
  readonly onProgress?: (fraction: number) => void;
  /** of each of two databases: one reads, one collects and writes */
  readonly memoryBytes?: number;
}

const usualMemory = 256 * 2 ** 20;
const values = 'extended_values';

/**
 * Writes a stored table with further columns computed from its own, rows in the table's order, in memory that is bounded
 * whatever its length. Synchronous work happens in `compute`, so it belongs into a process or thread of its own.
 *
 * @throws what `compute` throws; DuckDB's error if a column is not there
 */
export async function extendTable(source: string, extension: TableExtension): Promise<{ rows: number }> {
  const { output, folder, memoryBytes = usualMemory } = extension;
  const partial = `${output}.partial`;
  await mkdir(dirname(output), { recursive: true });
  const reader = await openSession({ paths: [source], memoryBytes, threads: 1 });
  // A connection streams one result at a time, and two that collect in one database would share its limit.
  const writer = await openSession({ paths: [source, partial], folder, memoryBytes, threads: 2 });
  try {
    const [counted] = await queryRow(reader.connection, `SELECT count(*) FROM ${parquet(source)}`);
    const total = Math.max(1, Number(counted));
    const width = (await storedColumns(writer, source)).size + extension.added.length;
    const { appender, chunk } = await openAppender(writer, values, extension.added);
    let rows = 0;
    for await (const block of readBlocks(reader, source, extension.inputs)) {
      appendValues(appender, chunk, block.rows, extension.compute(block));
      rows += block.rows;
      extension.onProgress?.(rows / total);
    }
    appender.closeSync();
    // Both sides are in the table's order, so a row's values are those at its place: no key, no sort.
    const added = extension.added.map((column, index) => `v.v${index} AS ${quoteIdentifier(column.name)}`);
    const query = `SELECT t.*, ${added.join(', ')} FROM ${parquet(source)} t POSITIONAL JOIN ${values} v`;
    await writer.connection.run(copyToParquet(query, partial, width));
    await rename(partial, output);
    return { rows };
  } finally {
    reader.close();
    writer.close();
    await rm(partial, { force: true });
  }
}
