import type { RowStatement } from 'snowflake-sdk';
import { type Query, selectSql } from '../engine.ts';
import type { Cell, ColumnKind, WarehouseColumn } from '../table.ts';
import { type Connections, openStatement } from './connections.ts';
import { snowflakeDialect } from './snowflake-dialect.ts';
import { snowflakeFailure } from './snowflake-failure.ts';

const { quote } = snowflakeDialect;

const rowsInBatch = 2_048;

/**
 * Times and dates come as numbers and texts: the driver's own depend on settings of the session. Whole numbers come as
 * texts: as numbers they are rounded beyond 2^53, and what the driver itself makes texts of has 'NULL' for null.
 */
function asText({ stored, kind }: WarehouseColumn): string {
  if (kind === 'timestamp') return `DATE_PART(EPOCH_MILLISECOND, ${quote(stored)})`;
  if (kind === 'date') return `TO_VARCHAR(${quote(stored)}, 'YYYY-MM-DD')`;
  return kind === 'text' || kind === 'integer' ? `TO_VARCHAR(${quote(stored)})` : quote(stored);
}

const cellReaders: Readonly<Record<ColumnKind, (value: NonNullable<Cell>) => Cell>> = {
  text: String,
  integer: (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)),
  number: (value) => (Number.isFinite(Number(value)) ? Number(value) : null),
  boolean: (value) => value === true || value === 'true' || value === '1',
  date: String,
  timestamp: (value) => new Date(Number(value)).toISOString(),
};

const cellOf = (value: Cell, kind: ColumnKind): Cell => (value === null ? null : cellReaders[kind](value));

/** Rows of a query as the driver fetches them, a few parts of the result ahead at most. */
export async function* streamRows(
  connections: Connections,
  query: Query,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  signal?.throwIfAborted();
  const { sql, values } = selectSql(query, quote, asText);
  const { connection, release } = await connections.take();
  let isComplete = false;
  try {
    const statement = await openStatement(connection, sql, values);
    yield* inBatches(statement, query, signal);
    isComplete = true;
  } catch (error) {
    throw signal?.aborted ? signal.reason : snowflakeFailure(error);
  } finally {
    await release(isComplete);
  }
}

async function* inBatches(
  statement: RowStatement,
  query: Query,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const rows = statement.streamRows();
  const abort = () => {
    statement.cancel(() => undefined);
    rows.destroy();
  };
  signal?.addEventListener('abort', abort);
  try {
    let batch: Cell[][] = [];
    for await (const row of rows as AsyncIterable<readonly Cell[]>) {
      batch.push(row.map((value, index) => cellOf(value, query.columns[index]?.kind ?? 'text')));
      if (batch.length < rowsInBatch) continue;
      yield batch;
      signal?.throwIfAborted();
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    signal?.removeEventListener('abort', abort);
    rows.destroy();
  }
}
