import type { DuckDBConnection } from '@duckdb/node-api';
import { type Measures, measureColumns, type Scalar } from '../duckdb/measure-columns.ts';
import type { RawColumn, RawTable } from '../raw-table.ts';
import { findCandidates } from './candidates.ts';
import {
  countDefined,
  decideNumber,
  finite,
  finiteName,
  measureNumber,
  measureWhole,
  type NumberMeasure,
  numberMeasures,
} from './decide-number.ts';
import { decideText, type TextMeasures } from './decide-text.ts';
import { asString, type Decision } from './decision.ts';
import type { Reading } from './reading.ts';
import { isDayAndMonth } from './timestamp-readings.ts';

type Found = Partial<Measures<string>>;

const prefixed = <T>(record: Readonly<Record<string, T>>, prefix: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [`${prefix} ${key}`, value]));

const numbersOf = (found: Found, id: string): Record<NumberMeasure, Scalar> =>
  Object.fromEntries(numberMeasures.map((name) => [name, found[`${id} ${name}`] ?? null])) as Record<
    NumberMeasure,
    Scalar
  >;

/** Each value as a candidate reads it: in a column of its own, so that it is read once and not once an aggregate. */
const readName = (column: RawColumn, place: number): string => `${column.sql}_${place}`;

function textAggregates(column: RawColumn, candidates: readonly Reading[]): Record<string, string> {
  const fits = candidates.map(({ id }, place) => [id, `count(${readName(column, place)})`]);
  const numbers = candidates.map(({ kind, id }, place) =>
    kind === 'number' ? prefixed(measureNumber(readName(column, place), column.sql), id) : {},
  );
  const days = candidates.map(({ id }, place) =>
    isDayAndMonth(id) ? { [`${id} ${firstDays}`]: countFirstDays(readName(column, place)) } : {},
  );
  return Object.assign({ present: `count(${column.sql})` }, Object.fromEntries(fits), ...numbers, ...days);
}

const firstDays = 'first days';

/** SQL aggregate of the values on the first day of a month, where they are of more than one year. */
const countFirstDays = (time: string): string =>
  `CASE WHEN year(min(${time})) < year(max(${time})) THEN count(*) FILTER (day(${time}) = 1) ELSE 0 END`;

/** Each column, with a column for each way of reading it, and for the finite ones of its numbers. */
function withReadings(
  from: string,
  columns: readonly RawColumn[],
  candidates: ReadonlyMap<RawColumn, readonly Reading[]>,
): string {
  const numbers: string[] = [];
  const read = columns.flatMap((column) => {
    const { sql, type } = column;
    if (type === 'integer' || type === 'real') {
      if (type === 'real') numbers.push(readName(column, 0));
      return [sql, `CAST(${sql} AS DOUBLE) AS ${readName(column, 0)}`];
    }
    const readings = (candidates.get(column) ?? []).map((reading, place) => {
      if (reading.kind === 'number') numbers.push(readName(column, place));
      return `${reading.sql(sql)} AS ${readName(column, place)}`;
    });
    return [sql, ...readings];
  });
  const finiteOnes = numbers.map((name) => `, ${finite(name)} AS ${finiteName(name)}`);
  return `(SELECT *${finiteOnes.join('')} FROM (SELECT ${read.join(', ')} FROM ${from}))`;
}

function typedAggregates(column: RawColumn): Record<string, string> {
  const value = readName(column, 0);
  if (column.type === 'integer') {
    return { present: `count(${column.sql})`, ...prefixed(measureWhole(value), 'number') };
  }
  if (column.type !== 'real') return { present: `count(${column.sql})` };
  return { present: countDefined(value), ...prefixed(measureNumber(value, undefined), 'number') };
}

function decideColumn(column: RawColumn, candidates: readonly Reading[], found: Found): Decision {
  if (Number(found.present) === 0) return asString('NULL');
  if (column.type === 'untyped') {
    const measures: TextMeasures = {
      present: Number(found.present),
      fits: Object.fromEntries(candidates.map(({ id }) => [id, Number(found[id])])),
      numbers: Object.fromEntries(candidates.map(({ id }) => [id, numbersOf(found, id)])),
      firstDays: Object.fromEntries(candidates.map(({ id }) => [id, Number(found[`${id} ${firstDays}`] ?? 0)])),
    };
    return decideText(candidates, measures, column.sql);
  }
  if (column.type === 'integer' || column.type === 'real') {
    return decideNumber(numbersOf(found, 'number'), {
      raw: column.sql,
      value: `CAST(${column.sql} AS DOUBLE)`,
      stored: (type) => `CAST(${column.sql} AS ${type})`,
      integers: column.type === 'integer' ? 'typed' : 'unknown',
    });
  }
  return column.type === 'string' ? asString(column.sql) : { kind: column.type, sql: column.sql, findings: [] };
}

export type Candidates = ReadonlyMap<RawColumn, readonly Reading[]>;

/**
 * The readings that are worth trying on each column.
 *
 * @param labels name of the column whose values are predicted: its `yes` and `no` stay words, so that predictions
 * come back as what was uploaded
 */
export async function candidatesOf(
  connection: DuckDBConnection,
  table: Pick<RawTable, 'columns' | 'decimalComma'>,
  labels?: string | undefined,
): Promise<Candidates> {
  const untyped = table.columns.filter(({ type }) => type === 'untyped');
  const candidates = await findCandidates(connection, untyped, table.decimalComma);
  for (const [column, readings] of candidates) {
    const values = readings.filter(({ kind }) => kind !== 'boolean');
    if (column.name === labels) candidates.set(column, values);
  }
  return candidates;
}

export interface Inferred {
  /** one a column */
  readonly decisions: readonly Decision[];
  readonly rows: number;
  /** some value is missing */
  readonly gaps: boolean;
}

/**
 * Decides for each column of a table what it holds and how it is stored, from all of its values.
 *
 * @param from `raw`, or rows of it
 */
export async function inferColumns(
  connection: DuckDBConnection,
  table: Pick<RawTable, 'columns'>,
  candidates: Candidates,
  from = 'raw',
): Promise<Inferred> {
  const relation = (columns: readonly RawColumn[]) => withReadings(from, columns, candidates);
  const found = await measureColumns<RawColumn, string>(connection, relation, table.columns, (column) => ({
    rows: 'count(*)',
    ...(column.type === 'untyped' ? textAggregates(column, candidates.get(column) ?? []) : typedAggregates(column)),
  }));
  const decisions = table.columns.map((column, index) =>
    decideColumn(column, candidates.get(column) ?? [], found[index] ?? {}),
  );
  const rows = Number(found[0]?.rows);
  return { decisions, rows, gaps: found.some(({ present }) => Number(present) < rows) };
}
