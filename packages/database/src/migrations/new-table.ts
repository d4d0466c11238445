import { type ColumnDataType, type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';
import type { DialectName } from '../database.ts';

/** Columns by name. */
export type Columns = Record<string, ColumnDataType | RawBuilder<unknown>>;

/**
 * Begins a table. MySQL commits each statement by itself, so that a migration whose connection was lost runs again over
 * what it had made already, hence "if not exists" here and in `newIndex`.
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

const indexExists = 1061;

/** Makes an index, which in MySQL has no "if not exists". */
export async function newIndex(db: Kysely<unknown>, title: string, table: string, columns: string[]): Promise<void> {
  try {
    await db.schema.createIndex(title).on(table).columns(columns).execute();
  } catch (error) {
    if ((error as { errno?: unknown }).errno !== indexExists) throw error;
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
