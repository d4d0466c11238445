import type { AggregateStep, ColumnKind, EnrichmentStep } from '@bellwether/contracts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { interval } from '../kinds/aggregate.ts';
import { definitionOf, type OtherTables } from '../registry.ts';
import { rowNumber } from '../reserved-names.ts';
import type { StepTable } from '../step-table.ts';

/** Steps that make a row of each item and period, and those that look back from there. */
export interface PeriodicSteps {
  /** up to the aggregation */
  readonly grouping: readonly EnrichmentStep[];
  readonly aggregation: AggregateStep & { readonly date: string; readonly item: string };
  /** as the aggregation leaves it */
  readonly grouped: StepTable;
  readonly features: readonly EnrichmentStep[];
}

/**
 * Parts resolved steps at their last aggregation by item. The ends of periods of time that were asked for are left out:
 * they said what to learn from, and what comes next begins where the newest data end.
 *
 * @returns undefined when the steps leave no row of each item and period
 */
export function periodicSteps(
  steps: readonly EnrichmentStep[],
  table: StepTable,
  other: OtherTables,
): PeriodicSteps | undefined {
  const open = steps.flatMap(withoutEnd);
  const place = open.findLastIndex(({ kind }) => kind === 'aggregate');
  const aggregation = open[place];
  if (aggregation?.kind !== 'aggregate') return undefined;
  const { date, item } = aggregation;
  if (date === undefined || item === undefined) return undefined;
  const grouping = open.slice(0, place + 1);
  let grouped = table;
  for (const step of grouping) grouped = definitionOf(step, other).resolve(step, grouped).table;
  return { grouping, aggregation: { ...aggregation, date, item }, grouped, features: open.slice(place + 1) };
}

function withoutEnd(step: EnrichmentStep): EnrichmentStep[] {
  if (step.kind !== 'filter') return [step];
  const { end: _, ...rest } = step;
  return step.start === undefined ? [] : [rest];
}

/** SQL of an item's name: whole numbers without a point, whatever they are stored as. */
export function itemNameOf(column: string, kind: ColumnKind): string {
  const value = quoteIdentifier(column);
  const text = `CAST(${value} AS VARCHAR)`;
  if (kind !== 'numeric') return text;
  return `CASE WHEN ${value} = floor(${value}) AND abs(${value}) < 1e15 THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR)
    ELSE ${text} END`;
}

/**
 * SQL of rows of the next periods, whose values are not known: item, date and `rowNumber` are all they have.
 *
 * @param items relation with the column of items
 * @param first SQL of the first day of the first of them
 * @param afterRow SQL of the largest `rowNumber` before them
 */
export function nextRows(
  { aggregation }: Pick<PeriodicSteps, 'aggregation'>,
  { items, first, afterRow, periods }: { items: string; first: string; afterRow: string; periods: number },
): string {
  const item = quoteIdentifier(aggregation.item);
  const date = quoteIdentifier(aggregation.date);
  const later = `CAST(${first} + CAST(k AS INTEGER) * ${interval[aggregation.period]} AS TIMESTAMP)`;
  return `SELECT ${afterRow} + row_number() OVER (ORDER BY ${item}, k) AS ${rowNumber}, ${item}, ${later} AS ${date}
    FROM (SELECT DISTINCT ${item} FROM ${items} WHERE ${item} IS NOT NULL) CROSS JOIN range(${periods}) AS r(k)`;
}
