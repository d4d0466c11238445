import { readFile } from 'node:fs/promises';
import type { MacroSeries, MacroStep } from '@bellwether/contracts';
import { queryRow } from '../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { writeDayTable } from './macro/day-table.ts';
import { knownValues } from './macro/known-values.ts';
import { joinDays } from './macro/look-up.ts';
import type { KnownValue, Observation } from './macro/observation.ts';
import type { StepDefinition, StepInput } from './step-definition.ts';
import { numericColumn, requireDate, withColumns } from './step-table.ts';

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
      const observations = await readObservations(input.files[entry.id] ?? '', step.asOf);
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

async function readObservations(path: string, asOf: MacroStep['asOf']): Promise<Observation[]> {
  const { observations } = JSON.parse(await readFile(path, 'utf8')) as { observations: Observation[] };
  return asOf === 'release' ? observations : observations.map(({ date, value }) => ({ date, value }));
}

/** Says how many rows are older than a series, and how many come long after its last value. */
async function noteUncovered(
  { date = '' }: MacroStep,
  { having, connection, note }: StepInput,
  known: ReadonlyMap<string, readonly KnownValue[]>,
): Promise<void> {
  const time = quoteIdentifier(date);
  const counts = [...known.values()].flatMap((values) => {
    const first = values.find(({ value }) => value !== null)?.from;
    return [
      first === undefined ? `count(${time})` : `count(*) FILTER (${time} < epoch_ms(${first}))`,
      first === undefined ? '0' : `count(*) FILTER (${time} > epoch_ms(${freshUntil(values)}))`,
    ];
  });
  const [undated, ...rows] = await queryRow(
    connection,
    `SELECT count(*) FILTER (${time} IS NULL), ${counts.join(', ')} FROM ${having([date])}`,
  );
  if (undated !== 0) {
    note({ code: 'rows-without-date', message: 'Rows without a date have no series.', rows: Number(undated) });
  }
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
