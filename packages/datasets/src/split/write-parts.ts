import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { queryRow } from '../duckdb/measure-columns.ts';
import { copyToParquet, parquet } from '../duckdb/parquet-file.ts';
import { openSession } from '../duckdb/session.ts';
import { appendValues, openAppender } from '../extend/append-values.ts';
import { storedColumns } from './stored-columns.ts';

export interface TablePart {
  /** path of the Parquet file to write: it appears complete or not at all */
  readonly path: string;
  /** row numbers of the table, from 0, ascending */
  readonly rows: Int32Array;
}

const memoryBytes = 512 * 2 ** 20;
const values = 'part_of_row';

/**
 * Writes parts of a stored table, such as the rows that trained a model and those that were held out, each with all
 * columns and in the table's order. Rows that no part names are in none.
 *
 * @param folder for spilled data
 */
export async function writeParts(source: string, parts: readonly TablePart[], folder: string): Promise<void> {
  const partials = parts.map(({ path }) => `${path}.partial`);
  for (const { path } of parts) await mkdir(dirname(path), { recursive: true });
  const session = await openSession({ paths: [source, ...partials], folder, memoryBytes, threads: 2 });
  try {
    const [counted] = await queryRow(session.connection, `SELECT count(*) FROM ${parquet(source)}`);
    const partOf = new Float64Array(Number(counted)).fill(Number.NaN);
    for (const [index, { rows }] of parts.entries()) for (const row of rows) partOf[row] = index;
    const { appender, chunk } = await openAppender(session, values, [{ name: 'part', type: 'integer' }]);
    appendValues(appender, chunk, partOf.length, [partOf]);
    appender.closeSync();
    const columns = (await storedColumns(session, source)).size;
    for (const [index, { path }] of parts.entries()) {
      // Both sides are in the table's order, so a row's part is the one at its place.
      const query = `SELECT t.* FROM ${parquet(source)} t POSITIONAL JOIN ${values} v WHERE v.v0 = ${index}`;
      await session.connection.run(copyToParquet(query, partials[index] as string, columns));
      await rename(partials[index] as string, path);
    }
  } finally {
    session.close();
    for (const partial of partials) await rm(partial, { force: true });
  }
}
