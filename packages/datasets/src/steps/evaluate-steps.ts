import type { Column, EnrichmentStep } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { definitionOf } from './registry.ts';
import type { StepNote } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

/** A relation of the plan and what it tells apart from the one before it. */
interface Stage {
  readonly relation: string;
  readonly keepsRows: boolean;
  /** columns that are not in the stage before, or not as they are here */
  readonly fresh: ReadonlySet<string>;
}

export interface StepsToEvaluate {
  readonly connection: DuckDBConnection;
  /** relation with the columns of `table` and `rowNumber` */
  readonly from: string;
  readonly table: StepTable;
  /** resolved */
  readonly steps: readonly EnrichmentStep[];
  /** paths of series (by id) and of other datasets (by id) */
  readonly files: Readonly<Record<string, string>>;
  /** schemas of other datasets, by id */
  readonly others: Readonly<Record<string, readonly Column[]>>;
  readonly note: (note: StepNote) => void;
  /** May put another relation of the same columns in the place of what a step left. */
  readonly replace?: (index: number, relation: string, table: StepTable) => Promise<string>;
}

/** The relation that the last step leaves, and its columns. */
export interface EvaluatedSteps {
  readonly relation: string;
  readonly table: StepTable;
}

/**
 * Makes one plan of views of steps: nothing is computed until the last one is read, but for what steps count.
 *
 * @throws RefusedData with why the data do not allow a step
 */
export async function evaluateSteps(given: StepsToEvaluate): Promise<EvaluatedSteps> {
  const { connection, files, others, note, replace } = given;
  const stages: Stage[] = [{ relation: given.from, keepsRows: false, fresh: new Set() }];
  const other = (id: string) => others[id];
  let { table } = given;
  for (const [index, step] of given.steps.entries()) {
    const definition = definitionOf(step, other);
    const having = (columns: readonly string[]) => cheapest(stages, columns);
    const from = stages.at(-1)?.relation ?? '';
    const sql = await definition.sql(step, { from, having, table, connection, files, note });
    const view = `stage_${index + 1}`;
    await connection.run(`CREATE TEMP VIEW ${view} AS ${sql}`);
    const before = new Set(table.columns.map(({ name }) => name));
    // resolving what is resolved changes nothing, and tells what the step leaves
    table = definition.resolve(step, table).table;
    const relation = (await replace?.(index, view, table)) ?? view;
    const added = table.columns.map(({ name }) => name).filter((name) => !before.has(name));
    const fresh = new Set([...added, ...(definition.replaces?.(step) ?? [])]);
    stages.push({ relation, keepsRows: definition.keepsRows && relation === view, fresh });
  }
  return { relation: stages.at(-1)?.relation ?? '', table };
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
