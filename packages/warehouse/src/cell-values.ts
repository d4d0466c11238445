import type { Batches, Cell, ColumnKind, WarehouseTable } from './table.ts';
import { WarehouseError } from './warehouse-error.ts';

/** What a column cannot hold. */
export const unusable = (column: string, value: Cell): WarehouseError =>
  new WarehouseError(
    'warehouse-value',
    `the column ${column} cannot hold ${JSON.stringify(typeof value === 'number' ? String(value) : value)}`,
  );

/**
 * Milliseconds since 1970 of a date or a time in ISO 8601; without an offset it is UTC. NaN for anything else.
 */
export function epochMs(value: NonNullable<Cell>): number {
  const text = String(value).trim().replace(' ', 'T');
  if (!/^\d{4,6}-\d\d-\d\d/.test(text)) return Number.NaN;
  return Date.parse(!text.includes('T') || /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/** `2026-01-31 23:59:59.123`, in UTC, as every engine takes a time. */
export const sqlTime = (time: number | Date): string => new Date(time).toISOString().slice(0, -1).replace('T', ' ');

const checks: Readonly<Record<ColumnKind, (value: NonNullable<Cell>) => Cell | undefined>> = {
  text: String,
  integer: (value) => (/^[+-]?\d+$/.test(String(value)) ? value : undefined),
  number: (value) => (Number.isFinite(Number(value)) && value !== '' ? Number(value) : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => timeText(value)?.slice(0, 10),
  timestamp: (value) => timeText(value),
};

function timeText(value: NonNullable<Cell>): string | undefined {
  const ms = epochMs(value);
  return Number.isNaN(ms) ? undefined : sqlTime(ms);
}

/**
 * Rows as parameters of statements take them, in parts of at most `most` rows.
 *
 * @throws WarehouseError `warehouse-value` for what an engine might bend instead of refusing it; the signal's reason
 */
export async function* parameterRows(
  { columns }: Pick<WarehouseTable, 'columns'>,
  rows: Batches<readonly Cell[]>,
  most: number,
  signal?: AbortSignal,
): AsyncGenerator<Cell[][]> {
  const parameters = (row: readonly Cell[]): Cell[] =>
    columns.map(({ kind, name }, index) => {
      const value = row[index] ?? null;
      if (value === null) return null;
      const checked = checks[kind](value);
      if (checked === undefined) throw unusable(name, value);
      return checked;
    });
  for await (const batch of rows) {
    for (let start = 0; start < batch.length; start += most) {
      signal?.throwIfAborted();
      yield batch.slice(start, start + most).map(parameters);
    }
  }
  signal?.throwIfAborted();
}
