import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { epochMs, unusable } from '../cell-values.ts';
import type { Batches, Cell, ColumnKind, WarehouseTable } from '../table.ts';

const rowsInChunk = 2_048;
const dayMs = 86_400_000;

type Encode = (value: NonNullable<Cell>) => DuckDBValue;

/**
 * Adds rows to a table of the connection's database, within its transaction if it has one.
 *
 * @param table whose columns are of the types that `duckdbDialect.typeOf` gives
 * @returns how many
 * @throws WarehouseError `warehouse-value` naming the column
 */
export async function appendRows(
  connection: DuckDBConnection,
  table: WarehouseTable,
  rows: Batches<readonly Cell[]>,
  signal?: AbortSignal,
): Promise<number> {
  const duckdb = await import('@duckdb/node-api');
  const types: Readonly<Record<ColumnKind, typeof duckdb.VARCHAR | typeof duckdb.BIGINT | unknown>> = {
    text: duckdb.VARCHAR,
    integer: duckdb.BIGINT,
    number: duckdb.DOUBLE,
    boolean: duckdb.BOOLEAN,
    date: duckdb.DATE,
    timestamp: duckdb.TIMESTAMP,
  };
  const encoders: Readonly<Record<ColumnKind, Encode>> = {
    text: String,
    integer: (value) => BigInt(value),
    number: Number,
    boolean: (value) => value === true || value === 1 || value === 'true',
    date: (value) => new duckdb.DuckDBDateValue(Math.floor(epochMs(value) / dayMs)),
    timestamp: (value) => new duckdb.DuckDBTimestampValue(BigInt(epochMs(value)) * 1000n),
  };
  const appender = await connection.createAppender(table.name);
  const chunk = duckdb.DuckDBDataChunk.create(
    table.columns.map(({ kind }) => types[kind]) as Parameters<typeof duckdb.DuckDBDataChunk.create>[0],
    rowsInChunk,
  );
  let count = 0;
  try {
    for await (const batch of rows) {
      signal?.throwIfAborted();
      for (let start = 0; start < batch.length; start += rowsInChunk) {
        fill(chunk, table, batch.slice(start, start + rowsInChunk), encoders);
        appender.appendDataChunk(chunk);
      }
      count += batch.length;
    }
    appender.flushSync();
    return count;
  } finally {
    closeQuietly(appender);
  }
}

/** Closing flushes, which fails again after a failure; that one has been thrown. */
function closeQuietly(appender: { closeSync(): void }): void {
  try {
    appender.closeSync();
  } catch {}
}

function fill(
  chunk: DuckDBDataChunk,
  table: WarehouseTable,
  rows: readonly (readonly Cell[])[],
  encoders: Readonly<Record<ColumnKind, Encode>>,
): void {
  chunk.reset();
  chunk.rowCount = rows.length;
  for (const [index, column] of table.columns.entries()) {
    const vector = chunk.getColumnVector(index);
    const encode = encoders[column.kind];
    for (const [row, values] of rows.entries())
      vector.setItem(row, encoded(values[index] ?? null, encode, column.name));
    vector.flush();
  }
}

function encoded(value: Cell, encode: Encode, column: string): DuckDBValue {
  if (value === null) return null;
  try {
    const made = encode(value);
    if (typeof made !== 'number' || Number.isFinite(made)) return made;
  } catch {
    // said below
  }
  throw unusable(column, value);
}
