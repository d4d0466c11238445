import { readFileSync } from 'node:fs';
import type { MacroSeries, MacroStep } from '@bellwether/contracts';
import { queryRow } from '../../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { dateSpan } from '../date-span.ts';
import type { StepDefinition, StepInput } from '../step-definition.ts';
import { numericColumn, requireDate, withColumns } from '../step-table.ts';
import { writeDayTable } from './macro/day-table.ts';
import { knownValues } from './macro/known-values.ts';
import { joinDays } from './macro/look-up.ts';
import type { KnownValue, Observation } from './macro/observation.ts';

type Series = Exclude<MacroStep['series'][number], string>;

const seriesOf = ({ series }: MacroStep): Series[] =>
  series.map((entry) => (typeof entry === 'string' ? { id: entry, transform: 'level' } : entry));

const suffixes = {
  level: '',
  difference: '_difference',
  'percent-change': '_percent_change',
  'year-over-year': '_yoy',
};

const nameOf = ({ id, transform, as }: MacroSeries): string => as ?? id + suffixes[transform];

const day = 86_400_000;

/** Each row's series as they were known at its date: published at or before it. */
export const macro: StepDefinition<MacroStep> = {
  keepsRows: true,
  resolve: (step, table) => {
    const resolved = { ...step, series: seriesOf(step), date: requireDate(table, step.date) };
    const added = seriesOf(step).map((series) => numericColumn(nameOf(series)));
    return { step: resolved, table: withColumns(table, added, 'series') };
  },

  sql: async (step, input) => {
    const series = seriesOf(step);
    const known = new Map<string, KnownValue[]>();
    for (const entry of series) {
      const observations = readObservations(input.files[entry.id] ?? '', step.asOf);
      known.set(nameOf(entry), knownValues(observations, entry.transform));
    }
    const { date = '' } = step;
    const days = await writeDayTable(input.connection, `${input.from}_series`, known);
    await noteUncovered(step, input, known);
    for (const [name, values] of known) input.offer(name, { date, days, unbroken: isUnbroken(values) });
    const names = [...known.keys()].map((name) => `m.${quoteIdentifier(name)}`);
    return `SELECT l.*, ${names.join(', ')} FROM ${input.from} AS l ${joinDays(days, `l.${quoteIdentifier(date)}`, 'm')}`;
  },
};

function isUnbroken(values: readonly KnownValue[]): boolean {
  const first = values.findIndex(({ value }) => value !== null);
  return values.slice(Math.max(0, first)).every(({ value }) => value !== null);
}

function readObservations(path: string, asOf: MacroStep['asOf']): Observation[] {
  const { observations } = JSON.parse(readFileSync(path, 'utf8')) as { observations: Observation[] };
  return asOf === 'release' ? observations : observations.map(({ date, value }) => ({ date, value }));
}

/** Says how many rows are older than a series, and how many come long after its last value. */
async function noteUncovered(
  { date = '' }: MacroStep,
  { having, connection, note }: StepInput,
  known: ReadonlyMap<string, readonly KnownValue[]>,
): Promise<void> {
  const time = quoteIdentifier(date);
  const bounds = [...known.values()].map((values) => {
    const first = values.find(({ value }) => value !== null)?.from;
    return first === undefined ? undefined : { first, fresh: freshUntil(values) };
  });
  const outside = bounds.map((bound) =>
    bound === undefined ? 'true' : `earliest < epoch_ms(${bound.first}) OR latest > epoch_ms(${bound.fresh})`,
  );
  const [undated, anyOutside] = await queryRow(
    connection,
    `SELECT undated, ${outside.join(' OR ')} FROM (${dateSpan(date, having([date]))})`,
  );
  if (undated !== 0) {
    note({ code: 'rows-without-date', message: 'Rows without a date have no series.', rows: Number(undated) });
  }
  if (anyOutside !== true) return;
  const counts = bounds.flatMap((bound) => [
    bound === undefined ? `count(${time})` : `count(*) FILTER (${time} < epoch_ms(${bound.first}))`,
    bound === undefined ? '0' : `count(*) FILTER (${time} > epoch_ms(${bound.fresh}))`,
  ]);
  const rows = await queryRow(connection, `SELECT ${counts.join(', ')} FROM ${having([date])}`);
  for (const [index, column] of [...known.keys()].entries()) {
    const early = Number(rows[2 * index]);
    const late = Number(rows[2 * index + 1]);
    if (early > 0) {
      note({
        code: 'series-starts-later',
        message: `${column} is missing in rows before it starts.`,
        rows: early,
        column,
      });
    }
    if (late > 0) {
      note({
        code: 'series-ends-earlier',
        message: `${column} has no news for these rows: it ends long before.`,
        rows: late,
        column,
      });
    }
  }
}

/** A value is stale when three more should have come after it. */
function freshUntil(values: readonly KnownValue[]): number {
  const gaps = values.slice(1).map(({ from }, index) => from - (values[index] as KnownValue).from);
  const typical = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 366 * day;
  return (values.at(-1) as KnownValue).from + 3 * typical + 31 * day;
}
