import type { DuckDBConnection } from '@duckdb/node-api';
import { type Query, selectSql } from '../engine.ts';
import type { Cell, WarehouseColumn } from '../table.ts';
import { duckdbDialect } from './duckdb-dialect.ts';

const { quote, typeOf } = duckdbDialect;

/** A column's value as the port's kind of it. */
export const typed = ({ stored, kind }: WarehouseColumn): string => `CAST(${quote(stored)} AS ${typeOf(kind)})`;

function asCell(column: WarehouseColumn): string {
  if (column.kind === 'timestamp') return `epoch_ms(${typed(column)})`;
  return column.kind === 'date' ? `CAST(${typed(column)} AS VARCHAR)` : typed(column);
}

const cellReaders: Readonly<Record<WarehouseColumn['kind'], (value: unknown) => Cell>> = {
  text: (value) => value as string,
  integer: (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)),
  number: (value) => (Number.isFinite(value) ? (value as number) : null),
  boolean: (value) => value as boolean,
  date: (value) => value as string,
  timestamp: (value) => new Date(Number(value)).toISOString(),
};

/** Rows of a query as DuckDB makes them, in its own chunks. */
export async function* streamRows(
  connection: DuckDBConnection,
  query: Query,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  signal?.throwIfAborted();
  const { sql, values } = selectSql(query, quote, asCell);
  for await (const chunk of await connection.stream(sql, [...values])) {
    signal?.throwIfAborted();
    const rows = Array.from({ length: chunk.rowCount }, (): Cell[] => new Array<Cell>(query.columns.length).fill(null));
    for (const [index, { kind }] of query.columns.entries()) {
      const vector = chunk.getColumnVector(index);
      const read = cellReaders[kind];
      for (const [row, cells] of rows.entries()) {
        const value = vector.getItem(row);
        cells[index] = value === null ? null : read(value);
      }
    }
    if (rows.length > 0) yield rows;
  }
}
