import { queryRow } from '../duckdb/measure-columns.ts';
import type { OpenForWidth } from '../duckdb/open-for-width.ts';
import { copyToParquet, numberedParquet, parquet } from '../duckdb/parquet-file.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { refuse } from '../problem.ts';
import type { DeriveResult, DeriveTask } from './derive-task.ts';
import { definitionOf } from './registry.ts';
import { rowNumber, type StepNote } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

/** A relation of the plan and what it tells apart from the one before it. */
interface Stage {
  readonly relation: string;
  readonly keepsRows: boolean;
  /** columns that are not in the stage before, or not as they are here */
  readonly fresh: ReadonlySet<string>;
}

/**
 * Evaluates steps as one plan of views over the stored table, and writes what comes out in the order of its rows.
 *
 * @throws RefusedData with why the data do not allow a step
 */
export async function deriveTable(task: DeriveTask, open: OpenForWidth): Promise<DeriveResult> {
  const { source, output, steps, files } = task;
  const { connection } = await open(task.table.columns.length);
  const notes: StepNote[] = [];
  const names = ({ columns }: StepTable) => columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const numbered = `SELECT file_row_number AS ${rowNumber}, ${names(task.table)} FROM ${numberedParquet(source)}`;
  await connection.run(`CREATE TEMP VIEW stage_0 AS ${numbered}`);
  const stages: Stage[] = [{ relation: 'stage_0', keepsRows: false, fresh: new Set() }];
  const other = (id: string) => task.others[id];
  let table = task.table;
  for (const [index, step] of steps.entries()) {
    const definition = definitionOf(step, other);
    const having = (columns: readonly string[]) => cheapest(stages, columns);
    const from = stages.at(-1)?.relation ?? '';
    const sql = await definition.sql(step, {
      from,
      having,
      table,
      connection,
      files,
      note: (note) => notes.push(note),
    });
    const relation = `stage_${index + 1}`;
    await connection.run(`CREATE TEMP VIEW ${relation} AS ${sql}`);
    const before = new Set(table.columns.map(({ name }) => name));
    // resolving what is resolved changes nothing, and tells what the step leaves
    table = definition.resolve(step, table).table;
    const added = table.columns.map(({ name }) => name).filter((name) => !before.has(name));
    const fresh = new Set([...added, ...(definition.replaces?.(step) ?? [])]);
    stages.push({ relation, keepsRows: definition.keepsRows, fresh });
  }
  const last = stages.at(-1)?.relation ?? '';
  const query = `SELECT ${names(table)} FROM ${last} ORDER BY ${rowNumber}`;
  await connection.run(copyToParquet(query, output, table.columns.length));
  const [rows] = await queryRow(connection, `SELECT count(*) FROM ${parquet(output)}`);
  if (rows === 0) refuse('no-rows-left', 'The steps leave no row.', 'Look at the filter and the periods.');
  return { rows: Number(rows), notes };
}

/** The earliest stage with the same rows in which all these columns are as they are now. */
function cheapest(stages: readonly Stage[], columns: readonly string[]): string {
  let place = stages.length - 1;
  while (place > 0) {
    const stage = stages[place] as Stage;
    if (!stage.keepsRows || columns.some((name) => stage.fresh.has(name))) break;
    place--;
  }
  return (stages[place] as Stage).relation;
}
