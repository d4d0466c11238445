import { type ColumnDataType, type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';
import type { DialectName } from '../database.ts';

/** Columns by name. */
export type Columns = Record<string, ColumnDataType | RawBuilder<unknown>>;

/**
 * Begins a table.
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
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(title);
  for (const [column, type] of Object.entries(required)) builder = builder.addColumn(column, type, (c) => c.notNull());
  for (const [column, type] of Object.entries(optional)) builder = builder.addColumn(column, type);
  // Ids and names are compared byte by byte in both dialects.
  return dialect === 'mysql' ? builder.modifyEnd(sql`character set utf8mb4 collate utf8mb4_bin`) : builder;
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
