import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataProblem } from '@bellwether/contracts';
import { queryRow } from '../duckdb/measure-columns.ts';
import { copyToParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { openSession, type Session } from '../duckdb/session.ts';
import { storedColumns } from '../split/stored-columns.ts';
import { appendValues, openAppender } from './append-values.ts';
import type { CheckedRows } from './check-rows.ts';

export interface RowsToAppend extends CheckedRows {
  /** path of the Parquet file to write: it appears complete or not at all */
  readonly output: string;
  /** for spilled data */
  readonly folder: string;
  readonly memoryBytes?: number;
}

export type AppendedRows = { readonly ok: true } | { readonly ok: false; readonly problems: readonly DataProblem[] };

const usualMemory = 256 * 2 ** 20;
const added = 'added_rows';

/** Writes a stored table with further rows at its end. Texts that its columns cannot hold are problems. */
export async function appendRows(source: string, rows: RowsToAppend): Promise<AppendedRows> {
  const { output, folder, columns, values, memoryBytes = usualMemory } = rows;
  const partial = `${output}.partial`;
  await mkdir(dirname(output), { recursive: true });
  const session = await openSession({ paths: [source, partial], folder, memoryBytes, threads: 2 });
  try {
    const types = await storedColumns(session, source);
    const { appender, chunk } = await openAppender(session, added, columns);
    appendValues(appender, chunk, values[0]?.length ?? 0, values);
    appender.closeSync();
    const stored = columns.map(({ name }, index) => ({ name, value: `v${index}`, type: types.get(name) ?? 'VARCHAR' }));
    for (const column of stored) {
      const problem = await firstMisfit(session, column);
      if (problem !== undefined) return { ok: false, problems: [problem] };
    }
    const names = stored.map(({ name }) => quoteIdentifier(name));
    const cast = stored.map(({ value, type }, index) => `CAST(${value} AS ${type}) AS ${names[index]}`);
    const query = `SELECT ${names.join(', ')} FROM ${parquet(source)} UNION ALL SELECT ${cast.join(', ')} FROM ${added}`;
    await session.connection.run(copyToParquet(query, partial, columns.length));
    await rename(partial, output);
    return { ok: true };
  } finally {
    session.close();
    await rm(partial, { force: true });
  }
}

/** An id that is stored as a number takes no letters. */
async function firstMisfit(
  session: Session,
  { name, value, type }: { name: string; value: string; type: string },
): Promise<DataProblem | undefined> {
  const [row, text] = await queryRow(
    session.connection,
    `SELECT rowid + 1, CAST(${value} AS VARCHAR) FROM ${added}
      WHERE ${value} IS NOT NULL AND TRY_CAST(${value} AS ${type}) IS NULL LIMIT 1`,
  );
  if (row === undefined) return undefined;
  return {
    code: 'value-refused',
    severity: 'error',
    message: `Row ${row}: ${JSON.stringify(text)} is no value of ${name}, which is stored as ${type}.`,
    cure: 'Give a value of its kind, or upload the whole table again.',
    column: name,
    row: Number(row),
  };
}
