import { stat } from 'node:fs/promises';
import { queryRow } from '../duckdb/measure-columns.ts';
import type { OpenForWidth } from '../duckdb/open-for-width.ts';
import { copyToParquet, numberedParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { refuse } from '../problem.ts';
import type { DeriveResult, DeriveTask } from './derive-task.ts';
import { evaluateSteps } from './evaluate-steps.ts';
import { rowNumber } from './reserved-names.ts';
import type { StepNote } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

/**
 * Evaluates steps as one plan of views over the stored table, and writes what comes out in the order of its rows.
 *
 * @throws RefusedData with why the data do not allow a step
 */
export async function deriveTable(task: DeriveTask, open: OpenForWidth): Promise<DeriveResult> {
  const { source, output, steps, files, others } = task;
  const { connection } = await open(task.table.columns.length, await threadsFor(task));
  const notes: StepNote[] = [];
  const note = (said: StepNote) => void notes.push(said);
  await connection.run(`CREATE TEMP VIEW stage_0 AS ${numberedTable(source, task.table)}`);
  const given = { connection, from: 'stage_0', table: task.table, steps, files, others, note };
  const { relation, table, ordered } = await evaluateSteps(given);
  const query = `SELECT ${columnList(table)} FROM ${relation}${ordered ? '' : ` ORDER BY ${rowNumber}`}`;
  await connection.run(copyToParquet(query, output, table.columns.length));
  const [rows] = await queryRow(connection, `SELECT count(*) FROM ${parquet(output)}`);
  if (rows === 0) refuse('no-rows-left', 'The steps leave no row.', 'Look at the filter and the periods.');
  return { rows: Number(rows), notes };
}

const shortFile = 2 ** 24;

/**
 * Periods of a table that is not long are made by one thread: each of two would make a table of nearly all groups, for
 * a tenth of the time, a third more of the processor and 50 MB, and what comes after is one stream of sorted rows anyway.
 */
async function threadsFor({ source, steps }: DeriveTask): Promise<number> {
  if (!steps.some(({ kind }) => kind === 'aggregate')) return 2;
  return (await stat(source)).size > shortFile ? 2 : 1;
}

/** SQL of a stored table's rows, each with `rowNumber`. */
export const numberedTable = (path: string, table: StepTable): string =>
  `SELECT file_row_number AS ${rowNumber}, ${columnList(table)} FROM ${numberedParquet(path)}`;

/** SQL of a table's columns, by comma. */
export const columnList = ({ columns }: StepTable): string =>
  columns.map(({ name }) => quoteIdentifier(name)).join(', ');
