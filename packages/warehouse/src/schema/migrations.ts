import { sqlTime } from '../cell-values.ts';
import type { Dialect } from '../dialect.ts';
import type { Session } from '../engine.ts';
import {
  createTableSql,
  forecastsTable,
  metricsTable,
  migrationsTable,
  ownName,
  parametersTable,
} from './own-tables.ts';

interface Migration {
  readonly name: string;
  /** Each must do nothing when it has been done: Snowflake has no lock that would keep two processes apart. */
  statements(dialect: Dialect): readonly string[];
}

/** In the order of their versions, which begin at 1. What has been released is never changed. */
const migrations: readonly Migration[] = [
  {
    name: 'parameters, forecasts and metrics',
    statements: (dialect) =>
      [parametersTable, forecastsTable, metricsTable].map((table) => createTableSql(dialect, table)),
  },
];

/** The version that a migrated warehouse has. */
export const newestVersion = migrations.length;

/** Runs the migrations that the warehouse lacks, within a session that nobody else migrates in. */
export async function applyMigrations(dialect: Dialect, session: Session, now: Date): Promise<void> {
  await session.run(createTableSql(dialect, migrationsTable));
  const table = ownName(dialect, migrationsTable.name);
  const [[done] = []] = await session.select(`SELECT max(${ownName(dialect, 'version')}) FROM ${table}`);
  for (const [index, { name, statements }] of migrations.entries()) {
    const version = index + 1;
    if (version <= Number(done ?? 0)) continue;
    for (const statement of statements(dialect)) await session.run(statement);
    const columns = { keys: ['version'], onInsert: ['name'], always: ['applied_at'] };
    await session.run(dialect.upsert(migrationsTable, columns), [version, name, sqlTime(now)]);
  }
}
