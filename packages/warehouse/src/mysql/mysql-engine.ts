import { createPool, type Pool, type PoolConnection } from 'mysql2';
import type { PoolConnection as Connection } from 'mysql2/promise';
import { parameterRows } from '../cell-values.ts';
import type { Engine, Session } from '../engine.ts';
import { onceDone } from '../once-done.ts';
import { applyMigrations } from '../schema/migrations.ts';
import type { Cell, WarehouseTable } from '../table.ts';
import { tablesOf } from '../tables-of.ts';
import { mysqlDialect, mysqlKind } from './mysql-dialect.ts';
import { mysqlFailure } from './mysql-failure.ts';
import { streamRows } from './stream-rows.ts';

const { quote } = mysqlDialect;

/** A statement stays far below the 16 MiB that servers take. */
const mostRows = 1_000;
const mostValues = 20_000;

/** A warehouse in a database of MySQL or MariaDB. */
export function mysqlEngine(url: string, { now = () => new Date() } = {}): Engine {
  const pool = openPool(url);
  const transact = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
    withConnection(pool, (connection) => inTransaction(connection, work));
  return {
    kind: 'mysql',
    dialect: mysqlDialect,
    transact,
    define: (work) => withConnection(pool, (connection) => work(sessionOn(connection))),
    migrate: onceDone(() =>
      withConnection(pool, (connection) =>
        locked(connection, () => applyMigrations(mysqlDialect, sessionOn(connection), now())),
      ),
    ),
    findTables: (name) => withConnection(pool, (connection) => findTables(connection, name)),
    stream: (query, signal) => streamRows(pool, query, signal),
    swapIn(staged, name, isTaken) {
      const [from, to, old] = [quote(staged), quote(name), quote(`${name}__old`)];
      if (!isTaken) return [`RENAME TABLE ${from} TO ${to}`];
      return [`DROP TABLE IF EXISTS ${old}`, `RENAME TABLE ${to} TO ${old}, ${from} TO ${to}`, `DROP TABLE ${old}`];
    },
    close: () => pool.promise().end(),
  };
}

function openPool(url: string): Pool {
  const pool = createPool({
    uri: url,
    charset: 'utf8mb4_bin',
    connectionLimit: 4,
    connectTimeout: 10_000,
    // Load balancers forget idle connections after minutes without telling either end.
    keepAliveInitialDelay: 30_000,
    rowsAsArray: true,
    dateStrings: true,
    supportBigNumbers: true,
    decimalNumbers: true,
  });
  pool.on('connection', (connection: PoolConnection) => {
    // The pool hears a connection's first error only. A second one without a listener would end the process.
    connection.on('error', () => {});
    // In UTC a TIMESTAMP is the same everywhere; a strict mode refuses what it would cut otherwise; and a write that
    // waited for another must see what that one has written.
    connection.query(
      "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
      () => {},
    );
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => {});
  });
  return pool;
}

async function withConnection<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  let connection: Connection | undefined;
  try {
    connection = await pool.promise().getConnection();
    return await work(connection);
  } catch (error) {
    throw mysqlFailure(error);
  } finally {
    connection?.release();
  }
}

const sessionOn = (connection: Connection): Session => ({
  run: async (sql, values = []) => void (await connection.query(sql, [...values])),
  async select(sql, values = []) {
    const [rows] = await connection.query(sql, [...values]);
    return rows as Cell[][];
  },
  insert: (table, rows, signal) => insertRows(connection, table, rows, signal),
});

async function insertRows(
  connection: Connection,
  table: WarehouseTable,
  rows: Parameters<Session['insert']>[1],
  signal: AbortSignal | undefined,
): Promise<number> {
  const names = table.columns.map(({ stored }) => quote(stored)).join(', ');
  const most = Math.max(1, Math.min(mostRows, Math.floor(mostValues / table.columns.length)));
  let count = 0;
  for await (const part of parameterRows(table, rows, most, signal)) {
    await connection.query(`INSERT INTO ${quote(table.name)} (${names}) VALUES ?`, [part]);
    count += part.length;
  }
  return count;
}

async function inTransaction<T>(connection: Connection, work: (session: Session) => Promise<T>): Promise<T> {
  await connection.beginTransaction();
  try {
    const result = await work(sessionOn(connection));
    await connection.commit();
    return result;
  } catch (error) {
    // A connection that is lost has rolled back by itself; the next user of a broken one must not find it in the pool.
    await connection.rollback().catch(() => connection.destroy());
    throw error;
  }
}

/** Keeps processes that migrate the same database apart. */
async function locked(connection: Connection, work: () => Promise<void>): Promise<void> {
  const name = "concat('bellwether-', md5(database()))";
  await connection.query(`SELECT get_lock(${name}, 60)`);
  try {
    await work();
  } finally {
    await connection.query(`SELECT release_lock(${name})`);
  }
}

async function findTables(connection: Connection, name: string): Promise<WarehouseTable[]> {
  const [rows] = await connection.query(
    `SELECT table_name, column_name, data_type FROM information_schema.columns
     WHERE table_schema = database() AND lower(table_name) = lower(?) ORDER BY table_name, ordinal_position`,
    [name],
  );
  return tablesOf(rows as unknown as [string, string, string][], mysqlKind);
}
