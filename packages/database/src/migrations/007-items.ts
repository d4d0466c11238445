import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../database.ts';
import { newColumn, newIndex, newTable } from './new-table.ts';

const id = 'varchar(64)';
const name = 'varchar(128)';
const number = 'bigint';
const json = sql`longtext`;

/** Models know how their features were made, and items have their latest ones at hand. */
export async function items(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await newColumn(db, 'model_versions', 'recipe', json);

  await newTable(
    db,
    dialect,
    'item_features',
    {
      tenant_id: id,
      model: name,
      revision: number,
      generation: id,
      dataset_id: id,
      version: number,
      recipe: json,
      source_schema: json,
      period_start: number,
      history_key: 'varchar(256)',
      item_count: number,
      promoted_at: number,
      updated_at: number,
    },
    {},
  )
    .addPrimaryKeyConstraint('item_features_pk', ['tenant_id', 'model'])
    .execute();

  await newTable(db, dialect, 'items', { generation: id, item: 'varchar(256)', features: json, created_at: number }, {})
    .addPrimaryKeyConstraint('items_pk', ['generation', 'item'])
    .execute();
  await newIndex(db, 'items_by_age', 'items', ['created_at']);
}
