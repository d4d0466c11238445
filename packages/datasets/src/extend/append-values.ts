import type { DuckDBAppender, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Session } from '../duckdb/session.ts';
import { rowsInChunk } from '../npy/append-block.ts';

/** A column that is computed: numbers are stored as DOUBLE, whole ones as BIGINT. */
export interface NewColumn {
  readonly name: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'text';
}

/** One value a row; null or NaN is missing. */
export type NewValues = Float64Array | readonly (number | string | boolean | null)[];

const sqlTypes = { number: 'DOUBLE', integer: 'BIGINT', boolean: 'BOOLEAN', text: 'VARCHAR' } as const;

/** Opens a table of columns `v0`, `v1`, … for appending. */
export async function openAppender(session: Session, table: string, columns: readonly NewColumn[]) {
  const duckdb = await import('@duckdb/node-api');
  const types: Record<NewColumn['type'], DuckDBType> = {
    number: duckdb.DOUBLE,
    integer: duckdb.BIGINT,
    boolean: duckdb.BOOLEAN,
    text: duckdb.VARCHAR,
  };
  const declared = columns.map(({ type }, index) => `v${index} ${sqlTypes[type]}`).join(', ');
  await session.connection.run(`CREATE TABLE ${table} (${declared})`);
  const appender = await session.connection.createAppender(table);
  const integers = columns.map(({ type }) => type === 'integer');
  const chunk = duckdb.DuckDBDataChunk.create(
    columns.map(({ type }) => types[type]),
    rowsInChunk,
  );
  return { appender, chunk: { chunk, integers } };
}

export interface ReusedChunk {
  readonly chunk: DuckDBDataChunk;
  /** which columns take BigInts */
  readonly integers: readonly boolean[];
}

function stored(value: number | string | boolean | null | undefined, integer: boolean): DuckDBValue {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  return integer ? BigInt(value as number) : value;
}

/** Appends rows by chunks; `chunk` is used again and again, since new ones are freed only when the event loop is idle. */
export function appendValues(
  appender: DuckDBAppender,
  { chunk, integers }: ReusedChunk,
  rows: number,
  columns: readonly NewValues[],
): void {
  for (let start = 0; start < rows; start += rowsInChunk) {
    const count = Math.min(rowsInChunk, rows - start);
    chunk.reset();
    chunk.rowCount = count;
    for (const [index, values] of columns.entries()) {
      const vector = chunk.getColumnVector(index);
      const integer = integers[index] === true;
      for (let row = 0; row < count; row += 1) vector.setItem(row, stored(values[start + row], integer));
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
}
