import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';

/** Trials of a search, and what a version's page says of how it came to be. */
export async function search(db: Kysely<unknown>): Promise<void> {
  const json = sql`longtext`;
  await db.schema.alterTable('trials').addColumn('candidate', 'bigint').execute();
  await db.schema.alterTable('trials').addColumn('log_target', 'bigint', zero).execute();
  await db.schema.alterTable('trials').addColumn('prune_above', 'double precision').execute();
  await db.schema.alterTable('trials').addColumn('validation', json).execute();

  await db.schema.alterTable('models').addColumn('retention', json).execute();

  await db.schema.alterTable('model_versions').addColumn('validation_metrics', json).execute();
  await db.schema.alterTable('model_versions').addColumn('log_target', 'bigint', zero).execute();
  await db.schema.alterTable('model_versions').addColumn('seed', 'bigint', zero).execute();
  await db.schema
    .alterTable('model_versions')
    .addColumn('backend', 'varchar(32)', (column) => column.notNull().defaultTo('local'))
    .execute();
  await db.schema
    .alterTable('model_versions')
    .addColumn('code_version', 'varchar(64)', (column) => column.notNull().defaultTo('unknown'))
    .execute();
  // MySQL takes no default for long text.
  await db.schema
    .alterTable('model_versions')
    .addColumn('tags', 'varchar(8000)', (column) => column.notNull().defaultTo('{}'))
    .execute();
}

const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
