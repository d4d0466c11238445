import type { Column, EnrichmentStep } from '@bellwether/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { LookUp } from './kinds/macro/look-up.ts';
import { definitionOf } from './registry.ts';
import type { RowOrder, StepDefinition, StepNote } from './step-definition.ts';
import type { StepTable } from './step-table.ts';

/** A relation of the plan and what it tells apart from the one before it. */
interface Stage {
  readonly relation: string;
  readonly keepsRows: boolean;
  /** columns that are not in the stage before, or not as they are here */
  readonly fresh: ReadonlySet<string>;
  readonly order: RowOrder | undefined;
  /** columns that follow from a date alone */
  readonly lookUps: ReadonlyMap<string, LookUp>;
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
  /** its rows come in the order of `rowNumber` */
  readonly ordered: boolean;
}

/**
 * Makes one plan of views of steps: nothing is computed until the last one is read, but for what steps count.
 *
 * @throws RefusedData with why the data do not allow a step
 */
export async function evaluateSteps(given: StepsToEvaluate): Promise<EvaluatedSteps> {
  const { connection, files, others, note, replace } = given;
  const unknown = { order: undefined, lookUps: new Map() };
  const stages: Stage[] = [{ relation: given.from, keepsRows: false, fresh: new Set(), ...unknown }];
  const other = (id: string) => others[id];
  let { table } = given;
  for (const [index, step] of given.steps.entries()) {
    const definition = definitionOf(step, other);
    const having = (columns: readonly string[]) => cheapest(stages, columns);
    const { relation: from, order, lookUps } = stages.at(-1) as Stage;
    const offered = new Map<string, LookUp>();
    const offer = (column: string, lookUp: LookUp) => void offered.set(column, lookUp);
    const input = { from, having, table, order, lookUps, offer, connection, files, note };
    const sql = await definition.sql(step, input);
    const view = `stage_${index + 1}`;
    await connection.run(`CREATE TEMP VIEW ${view} AS ${sql}`);
    const before = new Set(table.columns.map(({ name }) => name));
    // resolving what is resolved changes nothing, and tells what the step leaves
    table = definition.resolve(step, table).table;
    const relation = (await replace?.(index, view, table)) ?? view;
    const added = table.columns.map(({ name }) => name).filter((name) => !before.has(name));
    const replaced = definition.replaces?.(step) ?? [];
    const keepsRows = definition.keepsRows && relation === view;
    stages.push({
      relation,
      keepsRows,
      fresh: new Set([...added, ...replaced]),
      order: relation === view ? orderAfter(definition, step, order, replaced) : undefined,
      lookUps: keepsRows ? lookUpsAfter(lookUps, offered, [...added, ...replaced]) : new Map(),
    });
  }
  const last = stages.at(-1) as Stage;
  return { relation: last.relation, table, ordered: last.order !== undefined };
}

function orderAfter(
  definition: StepDefinition<EnrichmentStep>,
  step: EnrichmentStep,
  before: RowOrder | undefined,
  replaced: readonly string[],
): RowOrder | undefined {
  const after = definition.order?.(step, before);
  const sortedBy = [after?.item, after?.date];
  return replaced.some((name) => sortedBy.includes(name)) ? undefined : after;
}

/** A column that was changed, or whose date was, does not follow from it any more. */
function lookUpsAfter(
  before: ReadonlyMap<string, LookUp>,
  offered: ReadonlyMap<string, LookUp>,
  changed: readonly string[],
): ReadonlyMap<string, LookUp> {
  const kept = [...before].filter(([name, { date }]) => !changed.includes(name) && !changed.includes(date));
  return new Map([...kept, ...offered]);
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
