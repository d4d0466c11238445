import { queryRow } from '../duckdb/measure-columns.ts';
import type { OpenForWidth } from '../duckdb/open-for-width.ts';
import { copyToParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import type { Session } from '../duckdb/session.ts';
import { refuse } from '../problem.ts';
import { chooseAtRandom, chooseGroups, chooseLatest } from './choose-test-rows.ts';
import { rowId, type SplitCounts, type SplitTask } from './split-task.ts';
import { requireColumns, storedColumns } from './stored-columns.ts';

/**
 * Splits a stored table into train, test and actuals, each in the table's order.
 *
 * @throws RefusedData with why it cannot be split so
 */
export async function splitTable(task: SplitTask, open: OpenForWidth): Promise<SplitCounts> {
  const { source, outputs, target, testFraction, order } = task;
  const columns = await storedColumns(await open(1), source);
  const session = await open(columns.size);
  const { connection } = session;
  const by = 'timestamp' in order ? order.timestamp : order.group;
  requireColumns(columns, by === undefined ? [target] : [target, by]);
  if ([...columns.keys()].some((name) => name.toLowerCase() === rowId)) {
    refuse('reserved-column', `The table has a column ${rowId} already.`, 'Rename it.', { column: rowId });
  }
  if (!(testFraction > 0 && testFraction < 1)) {
    refuse('bad-fraction', `No test part is ${testFraction} of a table.`, 'Choose a number between 0 and 1.');
  }
  const [rows] = (await queryRow(connection, `SELECT count(*) FROM ${parquet(source)}`)).map(Number);
  if (rows === undefined || rows < 2) refuse('too-few-rows', 'One row cannot be split.', 'Upload more rows.');
  const count = Math.min(rows - 1, Math.max(1, Math.round(rows * testFraction)));
  const chosen = await chooseRows(session, { source, order, rows, count, type: columns.get(by ?? '') });

  const numbered = `(SELECT row_number() OVER () AS ${rowId}, * FROM ${parquet(source)})`;
  const features = [...columns.keys()].filter((name) => name !== target).map(quoteIdentifier);
  const parts = [
    { path: outputs.train, names: [...columns.keys()].map(quoteIdentifier), where: `NOT (${chosen})` },
    { path: outputs.test, names: [rowId, ...features], where: chosen },
    { path: outputs.actuals, names: [rowId, quoteIdentifier(target)], where: chosen },
  ];
  for (const { path, names, where } of parts) {
    // hash joins hand rows on as they come: without the order the same seed would give another file
    const query = `SELECT ${names.join(', ')} FROM ${numbered} WHERE ${where} ORDER BY ${rowId}`;
    await connection.run(copyToParquet(query, path, names.length));
  }
  const [train] = await queryRow(connection, `SELECT count(*) FROM ${parquet(outputs.train)}`);
  const undated = 'timestamp' in order ? await countUndated(session, source, order.timestamp) : 0;
  return { train: Number(train), test: rows - Number(train), undated };
}

async function countUndated({ connection }: Session, source: string, timestamp: string): Promise<number> {
  const missing = `${quoteIdentifier(timestamp)} IS NULL`;
  const [undated] = await queryRow(connection, `SELECT count(*) FROM ${parquet(source)} WHERE ${missing}`);
  return Number(undated);
}

interface Choice extends Pick<SplitTask, 'source' | 'order'> {
  readonly rows: number;
  readonly count: number;
  /** of the column by which rows are chosen */
  readonly type: string | undefined;
}

async function chooseRows(session: Session, { source, order, rows, count, type }: Choice): Promise<string> {
  if ('timestamp' in order) return await chooseLatest(session, source, order.timestamp, type, count);
  if (order.group === undefined) return await chooseAtRandom(session, order.seed, rows, count);
  return await chooseGroups(session, source, { name: order.group, seed: order.seed, count });
}
