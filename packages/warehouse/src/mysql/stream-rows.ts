import type { Pool } from 'mysql2';
import { type Query, selectSql } from '../engine.ts';
import type { Cell, ColumnKind } from '../table.ts';
import { mysqlDialect } from './mysql-dialect.ts';
import { mysqlFailure } from './mysql-failure.ts';

const { quote } = mysqlDialect;

const rowsInBatch = 2_048;

const cellReaders: Readonly<Record<ColumnKind, (value: NonNullable<Cell>) => Cell>> = {
  text: String,
  integer: (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)),
  number: Number,
  boolean: (value) => Number(value) !== 0,
  date: (value) => (isZeroDate(String(value)) ? null : String(value)),
  timestamp: (value) => timeOf(String(value)),
};

/** What MySQL puts in the place of a date where its mode is lax. */
const isZeroDate = (text: string): boolean => /^0000|-00/.test(text.slice(0, 10));

function timeOf(text: string): Cell {
  if (isZeroDate(text)) return null;
  const [head = '', fraction = ''] = text.replace(' ', 'T').split('.');
  return `${head}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

/**
 * The rows of a query as the server sends them: reading stops while nobody takes them. A connection whose rows were not
 * all taken is closed, since the rest would have to be read before it served again.
 *
 * @throws WarehouseError; the signal's reason
 */
export async function* streamRows(
  pool: Pool,
  query: Query,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  signal?.throwIfAborted();
  const { sql, values } = selectSql(query, quote, ({ stored, kind }) =>
    // JSON and bytes are texts too.
    kind === 'text' ? `CAST(${quote(stored)} AS CHAR)` : quote(stored),
  );
  const connection = await connect(pool);
  const abort = () => connection.destroy();
  signal?.addEventListener('abort', abort);
  let isComplete = false;
  try {
    const rows = connection.query(sql, [...values]).stream({ highWaterMark: rowsInBatch });
    let batch: Cell[][] = [];
    for await (const row of rows as AsyncIterable<readonly Cell[]>) {
      batch.push(row.map((value, index) => cellOf(value, query.columns[index]?.kind ?? 'text')));
      if (batch.length < rowsInBatch) continue;
      yield batch;
      signal?.throwIfAborted();
      batch = [];
    }
    if (batch.length > 0) yield batch;
    isComplete = true;
  } catch (error) {
    throw signal?.aborted ? signal.reason : mysqlFailure(error);
  } finally {
    signal?.removeEventListener('abort', abort);
    if (isComplete) connection.release();
    else connection.destroy();
  }
}

const cellOf = (value: Cell, kind: ColumnKind): Cell => (value === null ? null : cellReaders[kind](value));

async function connect(pool: Pool) {
  try {
    return (await pool.promise().getConnection()).connection as unknown as import('mysql2').PoolConnection;
  } catch (error) {
    throw mysqlFailure(error);
  }
}
