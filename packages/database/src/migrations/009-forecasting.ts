import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../database.ts';
import { newIndex, newTable } from './new-table.ts';

const id = 'varchar(64)';
const name = 'varchar(128)';
const key = 'varchar(256)';
const number = 'bigint';
const json = sql`longtext`;

/** Forecasters, the parts that they are fitted in, and the parts that their forecasts are made in. */
export async function forecasting(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const part = { id, job_id: id, tenant_id: id, position: number, status: 'varchar(16)' } as const;
  const end = { output_key: key, error_code: name, error_detail: json, finished_at: number } as const;
  await newTable(db, dialect, 'forecast_fits', { ...part, stage: 'varchar(16)' }, end)
    .addPrimaryKeyConstraint('forecast_fits_pk', ['id'])
    .addUniqueConstraint('forecast_fits_place', ['job_id', 'stage', 'position'])
    .execute();
  await newTable(db, dialect, 'forecast_parts', part, end)
    .addPrimaryKeyConstraint('forecast_parts_pk', ['id'])
    .addUniqueConstraint('forecast_parts_place', ['job_id', 'position'])
    .execute();

  await newTable(
    db,
    dialect,
    'forecasters',
    {
      tenant_id: id,
      model: name,
      version: number,
      job_id: id,
      dataset_id: id,
      summary: json,
      artifact_key: key,
      created_at: number,
    },
    {},
  )
    .addPrimaryKeyConstraint('forecasters_pk', ['tenant_id', 'model', 'version'])
    .addUniqueConstraint('forecasters_job', ['job_id'])
    .execute();
  await newIndex(db, 'forecasters_by_dataset', 'forecasters', ['dataset_id']);
}
