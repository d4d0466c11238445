import type { Column, DataProblem } from '@bellwether/contracts';
import { nearestNames } from '../roles.ts';
import type { NewColumn } from './append-values.ts';

export type GivenRow = Readonly<Record<string, unknown>>;
type Value = number | string | boolean | null;

/** Rows by column, as they can be stored. */
export interface CheckedRows {
  readonly columns: readonly NewColumn[];
  /** one array a column */
  readonly values: readonly (readonly Value[])[];
}

export type RowCheck =
  | ({ readonly ok: true } & CheckedRows)
  | { readonly ok: false; readonly problems: readonly DataProblem[] };

const mostProblems = 20;

interface Reader {
  readonly type: NewColumn['type'];
  /** what it takes, for people */
  readonly takes: string;
  /** undefined: not a value of the column */
  readonly read: (value: unknown) => Value | undefined;
}

const text: Reader = {
  type: 'text',
  takes: 'text',
  read: (value) => (typeof value === 'object' || value === undefined ? undefined : String(value)),
};

const readers: Readonly<Record<Column['kind'], Reader>> = {
  numeric: {
    type: 'number',
    takes: 'a number',
    read: (value) => (Number.isFinite(value) ? (value as number) : undefined),
  },
  integer: {
    type: 'integer',
    takes: 'a whole number',
    read: (value) => (Number.isSafeInteger(value) ? (value as number) : undefined),
  },
  boolean: {
    type: 'boolean',
    takes: 'true or false',
    read: (value) => (typeof value === 'boolean' ? value : undefined),
  },
  timestamp: { type: 'text', takes: 'a time as in 2026-11-21 or 2026-11-21T09:30:00Z', read: timeOf },
  categorical: text,
  text,
  'id-like': text,
};

/** As DuckDB reads it, in UTC; a time without a zone is UTC, as stored. */
function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(value)) return undefined;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(value.slice(10));
  const time = Date.parse(hasZone || value.length === 10 ? value.replace(' ', 'T') : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, -1);
}

/** Checks rows against a table's schema: each has every column, null where it is not known, and no other. */
export function checkRows(rows: readonly GivenRow[], schema: readonly Column[]): RowCheck {
  const problems: DataProblem[] = [];
  const names = new Set(schema.map(({ name }) => name));
  const values = schema.map((): Value[] => []);
  for (const [index, row] of rows.entries()) {
    const stranger = Object.keys(row).find((name) => !names.has(name));
    if (stranger !== undefined) problems.push(unknownColumn(stranger, index + 1, [...names]));
    for (const [place, column] of schema.entries()) {
      const read = cellOf(row, column, index + 1);
      if (typeof read === 'object' && read !== null) problems.push(read);
      else values[place]?.push(read);
    }
    if (problems.length >= mostProblems) break;
  }
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, mostProblems) };
  return { ok: true, columns: schema.map(({ name, kind }) => ({ name, type: readers[kind].type })), values };
}

function cellOf(row: GivenRow, { name, kind }: Column, number: number): Value | DataProblem {
  if (!Object.hasOwn(row, name)) {
    const cure = 'Give null where it is not known.';
    return {
      code: 'value-missing',
      severity: 'error',
      message: `Row ${number} has no ${name}.`,
      cure,
      column: name,
      row: number,
    };
  }
  const value = row[name];
  if (value === null) return null;
  const { read, takes } = readers[kind];
  const known = read(value);
  if (known !== undefined) return known;
  return {
    code: 'value-refused',
    severity: 'error',
    message: `Row ${number}: ${JSON.stringify(value)} is no value of ${name}, which is ${kind}.`,
    cure: `Give ${takes}, or null.`,
    column: name,
    row: number,
  };
}

function unknownColumn(name: string, row: number, names: readonly string[]): DataProblem {
  return {
    code: 'column-unknown',
    severity: 'error',
    message: `Row ${row} has a column ${name}, and the dataset has none.`,
    cure: `The nearest are ${nearestNames(name, names).join(', ')}.`,
    column: name,
    row,
  };
}
