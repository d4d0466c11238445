import type { AggregatedValue, AggregateStep, Column, Period } from '@bellwether/contracts';
import { queryRow } from '../../duckdb/measure-columns.ts';
import { quoteIdentifier } from '../../duckdb/quote.ts';
import { refuse } from '../../problem.ts';
import { dateSpan } from '../date-span.ts';
import { rowNumber } from '../reserved-names.ts';
import type { StepDefinition, StepInput } from '../step-definition.ts';
import { itemOf, requireColumn, requireDate, requireNumber, type StepTable, withColumns } from '../step-table.ts';
import { dayName, joinDays, type LookUp } from './macro/look-up.ts';

/** Rows that gaps may be filled up to: a thousand years of days for a hundred items. */
const mostRows = 50_000_000;

/** A period as an SQL interval. */
export const interval: Readonly<Record<Period, string>> = {
  day: 'INTERVAL 1 DAY',
  week: 'INTERVAL 7 DAY',
  month: 'INTERVAL 1 MONTH',
  quarter: 'INTERVAL 3 MONTH',
};

const nameOf = ({ column, as }: AggregatedValue): string => as ?? column;

function valueColumns(step: AggregateStep, table: StepTable): Column[] {
  return step.values.map((value, index) => {
    const field = `values[${index}].column`;
    const source =
      value.function === 'sum' || value.function === 'mean'
        ? requireNumber(table, value.column, field)
        : requireColumn(table, value.column, field);
    const kind = { sum: source.kind, mean: 'numeric', count: 'integer', last: source.kind } as const;
    const zeroed = step.gaps === 'zero' && value.function !== 'last' && value.function !== 'mean';
    return { name: nameOf(value), kind: kind[value.function], nullable: !zeroed };
  });
}

/** 1.5 · 2^32: doubles from 2^32 to 2^33 are multiples of 2^-20. */
const splitter = 6442450944;

/**
 * SQL of a sum of doubles that is the same in any order of rows and threads, but for one in a million. Kahan's sum alone
 * has another last bit in one of five: each value is parted into a multiple of 2^-20, of which sums are exact up to 2^33,
 * and a rest whose error is far below the last bit of the whole (Demmel & Nguyen 2013, with one bin).
 */
function stableSum(value: string): string {
  const coarse = `((${value} + ${splitter}::DOUBLE) - ${splitter}::DOUBLE)`;
  return `(fsum(${coarse}) + fsum(${value} - ${coarse}))`;
}

/** Sums in an order that does not matter: exact ones for integers. */
function aggregateOf(value: AggregatedValue, kind: Column['kind'], date: string): string {
  const column = quoteIdentifier(value.column);
  const name = quoteIdentifier(nameOf(value));
  const number = `CAST(${column} AS DOUBLE)`;
  const expression = {
    sum: kind === 'numeric' ? stableSum(column) : `CAST(sum(CAST(${column} AS BIGINT)) AS BIGINT)`,
    mean: `${stableSum(number)} / count(${column})`,
    count: `count(${column})`,
    // of several rows at the last moment the one with the largest value, whatever their order
    last: `arg_max(${column}, {'at': ${date}, 'value': ${column}})`,
  };
  return `${expression[value.function]} AS ${name}`;
}

/**
 * The look-up that a value may be read from at the last date of its period. It stands for the last row's value and not
 * for the last one there is, so it must have no gaps.
 */
function lookUpOf(value: AggregatedValue, { date }: AggregateStep, { lookUps }: StepInput): LookUp | undefined {
  const lookUp = lookUps.get(value.column);
  return value.function === 'last' && lookUp?.unbroken && lookUp.date === date ? lookUp : undefined;
}

/** SQL of the periods that have rows. Series are joined to periods where that is the same, and not to rows. */
function groupRows(step: AggregateStep, input: StepInput, item: string | undefined, last: string): string {
  const date = quoteIdentifier(step.date ?? '');
  const period = `date_trunc('${step.period}', ${date})`;
  const keys = [...(item === undefined ? [] : [item]), `${period} AS period`];
  const computed = step.values.filter((value) => lookUpOf(value, step, input) === undefined);
  const values = computed.map((value) => {
    const kind = input.table.columns.find(({ name }) => name === value.column)?.kind ?? 'numeric';
    return aggregateOf(value, kind, date);
  });
  const names = [
    ...(step.item === undefined ? [] : [step.item]),
    step.date ?? '',
    ...computed.map(({ column }) => column),
  ];
  const lastDate = computed.length < step.values.length ? [`max(${date}) AS ${dayName}`] : [];
  const grouped = `SELECT ${[...keys, ...values, ...lastDate].join(', ')} FROM ${input.having(names)}
    WHERE ${date} < TIMESTAMP '${last}' + ${interval[step.period]} GROUP BY ALL`;
  return lastDate.length === 0 ? grouped : lookUpLast(step, input, grouped, item);
}

/** SQL of groups with the values that are looked up at their last dates. */
function lookUpLast(step: AggregateStep, input: StepInput, grouped: string, item: string | undefined): string {
  const aliases = new Map<string, string>();
  const joins: string[] = [];
  const values = step.values.map((value) => {
    const name = quoteIdentifier(nameOf(value));
    const days = lookUpOf(value, step, input)?.days;
    if (days === undefined) return `g.${name}`;
    const alias = aliases.get(days.name) ?? `m${aliases.size}`;
    if (!aliases.has(days.name)) joins.push(joinDays(days, `g.${dayName}`, alias));
    aliases.set(days.name, alias);
    return `${alias}.${quoteIdentifier(value.column)} AS ${name}`;
  });
  const columns = [...(item === undefined ? [] : [`g.${item}`]), 'g.period', ...values];
  return `SELECT ${columns.join(', ')} FROM (${grouped}) AS g ${joins.join(' ')}`;
}

export const aggregate: StepDefinition<AggregateStep> = {
  keepsRows: false,
  order: ({ item, date = '' }) => ({ item, date }),
  resolve: (step, table) => {
    const date = requireDate(table, step.date);
    const item = itemOf(table, step.item);
    const keys: Column[] = [
      ...(item === undefined ? [] : [requireColumn(table, item, 'item')]),
      { name: date, kind: 'timestamp', nullable: false },
    ];
    const kept = withColumns({ ...table, columns: keys }, valueColumns(step, table), 'values');
    const { target } = table.roles;
    const roles = {
      timestamp: date,
      ...(item === undefined ? {} : { item }),
      ...(target !== undefined && kept.columns.some(({ name }) => name === target) ? { target } : {}),
    };
    return {
      step: { ...step, date, ...(item === undefined ? {} : { item }) },
      table: { columns: kept.columns, roles, period: step.period },
    };
  },

  sql: async (step, input) => {
    const date = quoteIdentifier(step.date ?? '');
    const last = await lastPeriod(step, input);
    const item = step.item === undefined ? undefined : quoteIdentifier(step.item);
    const grouped = groupRows(step, input, item, last);
    const filled = step.gaps === 'none' ? grouped : await fillGaps(step, input, { grouped, item, last });
    const keys = item === undefined ? [] : [item];
    const names = step.values.map((value) => quoteIdentifier(nameOf(value)));
    return `SELECT row_number() OVER () AS ${rowNumber}, ${[...keys, `period AS ${date}`, ...names].join(', ')}
      FROM (SELECT * FROM (${filled}) ORDER BY ${[...keys, 'period'].join(', ')})`;
  },
};

/**
 * The first day of the last period, as a timestamp literal's text. One that the data end within is left out: its sum
 * is too small, and a model would learn that demand falls.
 */
async function lastPeriod(step: AggregateStep, { having, connection, note }: StepInput): Promise<string> {
  const { date = '', period } = step;
  const [undated, last, before, complete, cut] = await queryRow(
    connection,
    `SELECT undated, CAST(start AS VARCHAR), CAST(start - ${interval[period]} AS VARCHAR),
      latest >= start + ${interval[period]} - INTERVAL 1 DAY, earliest < start
      FROM (SELECT *, date_trunc('${period}', latest) AS start FROM (${dateSpan(date, having([date]))}))`,
  );
  if (undated !== 0) {
    note({ code: 'rows-without-date', message: 'Rows without a date belong to no period.', rows: Number(undated) });
  }
  if (last === null || last === undefined) {
    refuse('no-dates', 'No row has a date.', 'Name another column of times.', { column: step.date });
  }
  if (step.incomplete === 'keep' || complete === true || cut !== true) return String(last);
  note({
    code: 'incomplete-period',
    message: `The ${step.period} that begins on ${String(last).slice(0, 10)} is not over in the data and was left out.`,
    column: step.date ?? '',
  });
  return String(before);
}

/** A row for each period from an item's first to the last of all. */
async function fillGaps(
  step: AggregateStep,
  { connection, note }: StepInput,
  { grouped, item, last }: { readonly grouped: string; readonly item: string | undefined; readonly last: string },
): Promise<string> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE periods AS ${grouped}`);
  const key = item === undefined ? '' : `${item}, `;
  const firsts = `SELECT ${key}min(period) AS first FROM periods${item === undefined ? '' : ` GROUP BY ${item}`}`;
  const [there, wanted] = await queryRow(
    connection,
    `SELECT (SELECT count(*) FROM periods),
      sum(datediff('${step.period}', first, TIMESTAMP '${last}') + 1) FROM (${firsts})`,
  );
  if (Number(wanted) > mostRows) {
    refuse(
      'too-many-periods',
      `With its gaps filled the table would have ${wanted} rows, more than ${mostRows}.`,
      'Take longer periods, filter to fewer years, or leave gaps out with gaps: "none".',
    );
  }
  if (Number(wanted) > Number(there)) {
    const rows = Number(wanted) - Number(there);
    note({ code: 'gaps-filled', message: `Periods without rows became ${step.gaps}.`, rows });
  }
  const grid = `SELECT ${key}unnest(generate_series(first, TIMESTAMP '${last}', ${interval[step.period]})) AS period
    FROM (${firsts})`;
  const same = item === undefined ? '' : ` AND grid.${item} IS NOT DISTINCT FROM periods.${item}`;
  const values = step.values.map((value) => {
    const name = quoteIdentifier(nameOf(value));
    const isZero = step.gaps === 'zero' && (value.function === 'sum' || value.function === 'count');
    return isZero ? `coalesce(periods.${name}, 0) AS ${name}` : `periods.${name}`;
  });
  const columns = [...(item === undefined ? [] : [`grid.${item}`]), 'grid.period', ...values].join(', ');
  return `SELECT ${columns} FROM (${grid}) AS grid LEFT JOIN periods ON grid.period = periods.period${same}`;
}
