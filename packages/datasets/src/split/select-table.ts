import { queryRow } from '../duckdb/measure-columns.ts';
import type { OpenForWidth } from '../duckdb/open-for-width.ts';
import { copyToParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { refuse } from '../problem.ts';
import type { SelectTask } from './select-task.ts';
import { requireColumns, storedColumns } from './stored-columns.ts';

/** @throws RefusedData `no-columns` or `column-missing` */
export async function selectTable(task: SelectTask, open: OpenForWidth): Promise<{ rows: number }> {
  const { source, output, columns } = task;
  if (columns.length === 0) refuse('no-columns', 'No columns were chosen.', 'Choose at least one.');
  requireColumns(await storedColumns(await open(1), source), columns);
  const session = await open(columns.length);
  const names = columns.map(quoteIdentifier).join(', ');
  await session.connection.run(copyToParquet(`SELECT ${names} FROM ${parquet(source)}`, output, columns.length));
  const [rows] = await queryRow(session.connection, `SELECT count(*) FROM ${parquet(output)}`);
  return { rows: Number(rows) };
}
