import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { newColumn } from './new-table.ts';

/** Trials of a search, and what a version's page says of how it came to be. */
export async function search(db: Kysely<unknown>): Promise<void> {
  const json = sql`longtext`;
  await newColumn(db, 'trials', 'candidate', 'bigint');
  await newColumn(db, 'trials', 'log_target', 'bigint', zero);
  await newColumn(db, 'trials', 'prune_above', 'double precision');
  await newColumn(db, 'trials', 'validation', json);

  await newColumn(db, 'models', 'retention', json);

  await newColumn(db, 'model_versions', 'validation_metrics', json);
  await newColumn(db, 'model_versions', 'log_target', 'bigint', zero);
  await newColumn(db, 'model_versions', 'seed', 'bigint', zero);
  await newColumn(db, 'model_versions', 'backend', 'varchar(32)', (column) => column.notNull().defaultTo('local'));
  await newColumn(db, 'model_versions', 'code_version', 'varchar(64)', (column) =>
    column.notNull().defaultTo('unknown'),
  );
  // MySQL takes no default for long text.
  await newColumn(db, 'model_versions', 'tags', 'varchar(8000)', (column) => column.notNull().defaultTo('{}'));
}

const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
