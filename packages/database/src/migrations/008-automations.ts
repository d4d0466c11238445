import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../database.ts';
import { newColumn, newIndex, newTable } from './new-table.ts';

const id = 'varchar(64)';
const name = 'varchar(128)';
const number = 'bigint';
const json = sql`longtext`;

/** Work that begins by itself; jobs know the run that they are a step of. */
export async function automations(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await newColumn(db, 'jobs', 'parent_id', id);
  await newIndex(db, 'jobs_by_parent', 'jobs', ['parent_id']);

  await newTable(
    db,
    dialect,
    'automations',
    { id, tenant_id: id, dataset_name: name, definition: json, created_at: number },
    { name, cron: name, time_zone: id, next_at: number, new_rows: number, counted_rows: number, counted_id: id },
  )
    .addPrimaryKeyConstraint('automations_pk', ['id'])
    .execute();
  await newIndex(db, 'automations_by_dataset', 'automations', ['tenant_id', 'dataset_name']);
  await newIndex(db, 'automations_by_next', 'automations', ['next_at']);

  await newTable(
    db,
    dialect,
    'automation_runs',
    { automation_id: id, trigger_key: name, job_id: id, tenant_id: id, created_at: number },
    {},
  )
    .addPrimaryKeyConstraint('automation_runs_pk', ['automation_id', 'trigger_key'])
    .execute();
  await newIndex(db, 'automation_runs_by_job', 'automation_runs', ['automation_id', 'job_id']);
}
