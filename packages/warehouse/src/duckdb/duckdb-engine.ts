import { resolve } from 'node:path';
import type { Patience } from '@bellwether/database';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Engine, type Query, type Session, selectSql } from '../engine.ts';
import { applyMigrations } from '../schema/migrations.ts';
import type { Cell, WarehouseTable } from '../table.ts';
import { tablesOf } from '../tables-of.ts';
import { appendRows } from './append-rows.ts';
import { duckdbDialect, duckdbKind } from './duckdb-dialect.ts';
import { duckdbFailure } from './duckdb-failure.ts';
import { acquire, inTurn, useFile } from './shared-file.ts';
import { streamRows, typed } from './stream-rows.ts';

const { quote } = duckdbDialect;

/** For a file that a person or another process looks into. */
const defaultPatience: Patience = { first: 20, longest: 500, total: 30_000, enough: 3 };

/**
 * A warehouse in a file of DuckDB's. The file is open only while a call works on it; a file that another process has
 * open is waited for.
 */
export function duckdbEngine(file: string, { patience = defaultPatience, now = () => new Date() } = {}): Engine {
  const path = resolve(file);
  const transact: Engine['transact'] = (work) =>
    useFile(path, patience, (connection) => inTurn(path, () => inTransaction(connection, work)));
  return {
    kind: 'duckdb',
    dialect: duckdbDialect,
    transact,
    define: transact,
    migrate: () => transact((session) => applyMigrations(duckdbDialect, session, now())),
    findTables: (name) => useFile(path, patience, (connection) => findTables(connection, name)),
    async *stream(query, signal) {
      const { connection, release } = await acquire(path, patience);
      try {
        yield* streamRows(connection, query, signal);
      } catch (error) {
        throw duckdbFailure(error, path);
      } finally {
        release();
      }
    },
    swapIn: (staged, name, isTaken) => [
      ...(isTaken ? [`DROP TABLE ${quote(name)}`] : []),
      `ALTER TABLE ${quote(staged)} RENAME TO ${quote(name)}`,
    ],
    copy: (query, target, format, signal) =>
      useFile(path, patience, (connection) => copyTo(connection, query, target, format), signal),
    close: async () => undefined,
  };
}

async function inTransaction<T>(connection: DuckDBConnection, work: (session: Session) => Promise<T>): Promise<T> {
  await connection.run('BEGIN TRANSACTION');
  try {
    const result = await work({
      run: async (sql, values = []) => void (await connection.run(sql, [...values])),
      select: async (sql, values = []) => (await connection.runAndReadAll(sql, [...values])).getRowsJS() as Cell[][],
      insert: (table, rows, signal) => appendRows(connection, table, rows, signal),
    });
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    // A commit that failed has rolled back by itself.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function findTables(connection: DuckDBConnection, name: string): Promise<WarehouseTable[]> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, column_name, data_type FROM duckdb_columns()
     WHERE schema_name = current_schema() AND database_name = current_database() AND lower(table_name) = lower(?)
     ORDER BY table_name, column_index`,
    [name],
  );
  return tablesOf(reader.getRowsJS() as [string, string, string][], duckdbKind);
}

async function copyTo(
  connection: DuckDBConnection,
  query: Query,
  path: string,
  format: 'parquet' | 'csv',
): Promise<number> {
  const { sql, values } = selectSql(query, quote, (column) => `${typed(column)} AS ${quote(column.name)}`);
  const target = `'${path.replaceAll("'", "''")}'`;
  const options = format === 'parquet' ? 'FORMAT parquet' : 'FORMAT csv, HEADER';
  const reader = await connection.runAndReadAll(`COPY (${sql}) TO ${target} (${options})`, [...values]);
  return Number(reader.getRowsJS()[0]?.[0] ?? 0);
}
