import {
  type ColumnBuilderCallback,
  type ColumnDataType,
  type CreateTableBuilder,
  type Kysely,
  type RawBuilder,
  sql,
} from 'kysely';
import type { DialectName } from '../database.ts';

/** Columns by name. */
export type Columns = Record<string, ColumnDataType | RawBuilder<unknown>>;

/**
 * Begins a table. MySQL commits each statement by itself, so that a migration whose connection was lost runs again over
 * what it had made already, hence "if not exists" here; columns and indexes have no such words in MySQL.
 *
 * @param required columns that are never null
 */
export function newTable(
  db: Kysely<unknown>,
  dialect: DialectName,
  title: string,
  required: Columns,
  optional: Columns,
) {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(title).ifNotExists();
  for (const [column, type] of Object.entries(required)) builder = builder.addColumn(column, type, (c) => c.notNull());
  for (const [column, type] of Object.entries(optional)) builder = builder.addColumn(column, type);
  // Ids and names are compared byte by byte in both dialects.
  return dialect === 'mysql' ? builder.modifyEnd(sql`character set utf8mb4 collate utf8mb4_bin`) : builder;
}

/** Makes an index. */
export async function newIndex(db: Kysely<unknown>, title: string, table: string, columns: string[]): Promise<void> {
  await unlessThere(db.schema.createIndex(title).on(table).columns(columns).execute());
}

/** Adds a column to a table. */
export async function newColumn(
  db: Kysely<unknown>,
  table: string,
  column: string,
  type: ColumnDataType | RawBuilder<unknown>,
  build?: ColumnBuilderCallback,
): Promise<void> {
  await unlessThere(db.schema.alterTable(table).addColumn(column, type, build).execute());
}

const columnExists = 1060;
const indexExists = 1061;

async function unlessThere(made: Promise<void>): Promise<void> {
  try {
    await made;
  } catch (error) {
    const { errno } = error as { errno?: unknown };
    if (errno !== columnExists && errno !== indexExists) throw error;
  }
}

/** Adds the column `sequence`, which counts up by itself. */
export function sequenced(
  builder: CreateTableBuilder<string, string>,
  dialect: DialectName,
): CreateTableBuilder<string, string> {
  return builder.addColumn('sequence', dialect === 'mysql' ? 'bigint' : 'integer', (c) =>
    c.primaryKey().autoIncrement().notNull(),
  );
}
