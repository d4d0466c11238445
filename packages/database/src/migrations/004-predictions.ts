import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../database.ts';
import { newIndex, newTable } from './new-table.ts';

const id = 'varchar(64)';
const name = 'varchar(128)';
const column = 'varchar(256)';
const number = 'bigint';
const json = sql`longtext`;

/** Predictions of whole datasets, and what became of them. */
export async function predictions(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await newTable(
    db,
    dialect,
    'predictions',
    {
      dataset_id: id,
      tenant_id: id,
      job_id: id,
      source_id: id,
      model: name,
      version: number,
      task: 'varchar(32)',
      target: column,
      prediction_column: column,
      probabilities: json,
      created_at: number,
    },
    {},
  )
    .addPrimaryKeyConstraint('predictions_pk', ['dataset_id'])
    .execute();

  await newTable(
    db,
    dialect,
    'evaluations',
    {
      id,
      tenant_id: id,
      job_id: id,
      predictions_id: id,
      actuals_id: id,
      task: 'varchar(32)',
      actual_column: column,
      prediction_column: column,
      row_count: number,
      metrics: json,
      created_at: number,
    },
    { row_id: column, model: name, version: number },
  )
    .addPrimaryKeyConstraint('evaluations_pk', ['id'])
    .addUniqueConstraint('evaluations_job', ['job_id'])
    .execute();
  await newIndex(db, 'evaluations_by_tenant', 'evaluations', ['tenant_id', 'id']);
}
