import type { Connection } from 'snowflake-sdk';
import { parameterRows } from '../cell-values.ts';
import type { Engine, Session } from '../engine.ts';
import { onceDone } from '../once-done.ts';
import { applyMigrations } from '../schema/migrations.ts';
import type { WarehouseTable } from '../table.ts';
import { tablesOf } from '../tables-of.ts';
import { execute, openConnections, type SnowflakeSettings } from './connections.ts';
import type { Driver } from './load-driver.ts';
import { snowflakeDialect, snowflakeKind } from './snowflake-dialect.ts';
import { streamRows } from './stream-rows.ts';

const { quote } = snowflakeDialect;

/** Values of one statement: below the settings' `arrayBindingThreshold`. */
const mostValues = 50_000;
const mostRows = 10_000;

/** A warehouse in a schema of Snowflake. */
export function snowflakeEngine(driver: Driver, settings: SnowflakeSettings, { now = () => new Date() } = {}): Engine {
  const connections = openConnections(driver, settings);
  const transact: Engine['transact'] = (work) => connections.use((connection) => inTransaction(connection, work));
  return {
    kind: 'snowflake',
    dialect: snowflakeDialect,
    transact,
    define: (work) => connections.use((connection) => work(sessionOn(connection))),
    // No lock keeps two processes apart here: each migration may run twice.
    migrate: onceDone(() =>
      connections.use((connection) => applyMigrations(snowflakeDialect, sessionOn(connection), now())),
    ),
    findTables: (name) => connections.use((connection) => findTables(connection, name)),
    stream: (query, signal) => streamRows(connections, query, signal),
    swapIn: (staged, name) => [
      `CREATE OR REPLACE TABLE ${quote(name)} AS SELECT * FROM ${quote(staged)}`,
      `DROP TABLE ${quote(staged)}`,
    ],
    close: () => connections.close(),
  };
}

const sessionOn = (connection: Connection): Session => ({
  run: async (sql, values) => void (await execute(connection, sql, values)),
  select: (sql, values) => execute(connection, sql, values),
  async insert(table, rows, signal) {
    const names = table.columns.map(({ stored }) => quote(stored));
    const sql = `INSERT INTO ${quote(table.name)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    const most = Math.max(1, Math.min(mostRows, Math.floor(mostValues / names.length)));
    let count = 0;
    for await (const part of parameterRows(table, rows, most, signal)) {
      await execute(connection, sql, part);
      count += part.length;
    }
    return count;
  },
});

async function inTransaction<T>(connection: Connection, work: (session: Session) => Promise<T>): Promise<T> {
  await execute(connection, 'BEGIN');
  try {
    const result = await work(sessionOn(connection));
    await execute(connection, 'COMMIT');
    return result;
  } catch (error) {
    // A session that cannot be reached any more rolls back by itself.
    await execute(connection, 'ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function findTables(connection: Connection, name: string): Promise<WarehouseTable[]> {
  const rows = await execute(
    connection,
    `SELECT table_name, column_name, data_type, numeric_scale FROM information_schema.columns
     WHERE table_schema = CURRENT_SCHEMA() AND UPPER(table_name) = UPPER(?) ORDER BY table_name, ordinal_position`,
    [name],
  );
  const typed = rows.map(([table, column, type, scale]) => {
    const exact = type === 'NUMBER' ? `NUMBER/${Number(scale ?? 0)}` : String(type);
    return [String(table), String(column), exact] as const;
  });
  return tablesOf(typed, snowflakeKind);
}
