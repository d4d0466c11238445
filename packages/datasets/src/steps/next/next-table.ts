import { queryRow } from '../../duckdb/measure-columns.ts';
import type { OpenForWidth } from '../../duckdb/open-for-width.ts';
import { copyToParquet } from '../../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { refuse } from '../../problem.ts';
import { columnList, numberedTable } from '../derive-table.ts';
import { evaluateSteps } from '../evaluate-steps.ts';
import { interval } from '../kinds/aggregate.ts';
import { itemName, rowNumber } from '../reserved-names.ts';
import { itemNameOf, nextRows, type PeriodicSteps, periodicSteps } from './next-periods.ts';
import type { NextResult, NextTask } from './next-task.ts';

/**
 * Evaluates steps over a stored table to which a row of the next period was added for each item, its values unknown:
 * the same plan as in training, so that the features are the same.
 *
 * @throws RefusedData `no-periods`, and why the data do not allow a step
 */
export async function nextTable(task: NextTask, open: OpenForWidth): Promise<NextResult> {
  const { source, output, files, others } = task;
  const parted = periodicSteps(task.steps, task.table, (id) => others[id]);
  if (parted === undefined) {
    return refuse('no-periods', 'The steps leave no row of each item and period.', 'Aggregate by item and period.');
  }
  const { connection } = await open(task.table.columns.length);
  await connection.run(`CREATE TEMP VIEW stage_0 AS ${numberedTable(source, task.table)}`);
  const { relation, table } = await evaluateSteps({
    connection,
    from: 'stage_0',
    table: task.table,
    steps: [...parted.grouping, ...parted.features],
    files,
    others,
    note: () => undefined,
    replace: async (index, grouped) => {
      if (index !== parted.grouping.length - 1) return grouped;
      await connection.run(`CREATE TEMP TABLE known AS FROM ${grouped}`);
      await connection.run(`CREATE TEMP TABLE next_rows AS ${nextOf(parted)}`);
      await connection.run('CREATE TEMP VIEW with_next AS FROM known UNION ALL BY NAME FROM next_rows');
      return 'with_next';
    },
  });
  const { item, date } = parted.aggregation;
  const kind = parted.grouped.columns.find(({ name }) => name === item)?.kind ?? 'text';
  const name = itemNameOf(item, kind);
  const next = `SELECT n.name AS ${itemName}, ${columnList(table)} FROM ${relation}
    JOIN (SELECT ${rowNumber} AS number, ${name} AS name FROM next_rows) AS n ON ${rowNumber} = n.number
    ORDER BY ${rowNumber}`;
  await connection.run(copyToParquet(next, output, table.columns.length + 1));
  const known = `SELECT ${name} AS ${itemName}, ${columnList(parted.grouped)} FROM known ORDER BY ${rowNumber}`;
  await connection.run(copyToParquet(known, task.history, parted.grouped.columns.length + 1));
  const [rows, start] = await queryRow(
    connection,
    `SELECT count(*), CAST(epoch_ms(min(${quoteIdentifier(date)})) AS DOUBLE) FROM next_rows`,
  );
  if (rows === 0) refuse('no-rows-left', 'The steps leave no row.', 'Look at the filter and the periods.');
  return { rows: Number(rows), periodStart: Number(start) };
}

function nextOf(parted: PeriodicSteps): string {
  const { date, period } = parted.aggregation;
  return nextRows(parted, {
    items: 'known',
    first: `(SELECT max(${quoteIdentifier(date)}) + ${interval[period]} FROM known)`,
    afterRow: `(SELECT max(${rowNumber}) FROM known)`,
    periods: 1,
  });
}
