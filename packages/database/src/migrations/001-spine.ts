import { type Kysely, sql } from 'kysely';
import type { DialectName } from '../database.ts';
import { type Columns, newIndex, newTable, sequenced } from './new-table.ts';

const id = 'varchar(64)';
const name = 'varchar(128)';
const messageId = 'varchar(128)';
const number = 'bigint';
const real = 'double precision';
const code = 'varchar(32)';
// SQLite takes any name that holds TEXT; in MySQL plain TEXT ends at 64 KiB, a profile of 2,000 columns does not.
const json = sql`longtext`;

/** Datasets, jobs, models, delivery and HTTP bookkeeping. */
export async function spine(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const table = (title: string, required: Columns, optional: Columns = {}) =>
    newTable(db, dialect, title, required, optional);

  await table(
    'datasets',
    {
      id,
      tenant_id: id,
      name,
      status: code,
      roles: json,
      problems: json,
      parents: json,
      created_at: number,
      updated_at: number,
    },
    {
      format: code,
      schema: json,
      profile: json,
      recipe: json,
      row_count: number,
      bytes: number,
      upload_key: 'varchar(255)',
      upload_etag: 'varchar(255)',
      data_key: 'varchar(255)',
    },
  )
    .addPrimaryKeyConstraint('datasets_pk', ['id'])
    .execute();
  await newIndex(db, 'datasets_by_tenant', 'datasets', ['tenant_id', 'name', 'id']);
  await newIndex(db, 'datasets_by_upload', 'datasets', ['upload_key']);

  await table(
    'jobs',
    { id, tenant_id: id, kind: code, status: code, progress: real, request: json, created_at: number },
    {
      model: name,
      dataset_id: id,
      plan: json,
      result: json,
      error_code: 'varchar(64)',
      error_detail: json,
      started_at: number,
      finished_at: number,
    },
  )
    .addPrimaryKeyConstraint('jobs_pk', ['id'])
    .execute();
  await newIndex(db, 'jobs_by_tenant', 'jobs', ['tenant_id', 'id']);
  await newIndex(db, 'jobs_by_status', 'jobs', ['kind', 'status']);
  await newIndex(db, 'jobs_by_dataset', 'jobs', ['dataset_id', 'status']);

  await sequenced(
    table('job_events', { message_id: messageId, job_id: id, tenant_id: id, type: name, at: number, body: json }),
    dialect,
  )
    .addUniqueConstraint('job_events_message', ['message_id'])
    .execute();
  await newIndex(db, 'job_events_by_job', 'job_events', ['job_id', 'sequence']);

  await table(
    'trials',
    {
      id,
      job_id: id,
      tenant_id: id,
      model: name,
      position: number,
      kind: code,
      algorithm: code,
      hyperparameters: json,
      seed: number,
      status: code,
      progress: real,
    },
    { metrics: json, score: real, error: json, version: number, started_at: number, finished_at: number },
  )
    .addPrimaryKeyConstraint('trials_pk', ['id'])
    .addUniqueConstraint('trials_position', ['job_id', 'position'])
    .execute();

  await table(
    'models',
    { tenant_id: id, name, revision: number, last_version: number, created_at: number, updated_at: number },
    { task: code, champion_version: number },
  )
    .addPrimaryKeyConstraint('models_pk', ['tenant_id', 'name'])
    .execute();

  await table('model_versions', {
    tenant_id: id,
    model: name,
    version: number,
    trial_id: id,
    job_id: id,
    dataset_id: id,
    algorithm: code,
    hyperparameters: json,
    task: code,
    target: 'varchar(256)',
    inputs: json,
    metrics: json,
    artifact_key: 'varchar(255)',
    artifact_bytes: number,
    trained_rows: number,
    holdout_rows: number,
    duration: real,
    created_at: number,
  })
    .addPrimaryKeyConstraint('model_versions_pk', ['tenant_id', 'model', 'version'])
    .addUniqueConstraint('model_versions_trial', ['trial_id'])
    .execute();

  await table('inbox', { message_id: messageId, queue: id, at: number })
    .addPrimaryKeyConstraint('inbox_pk', ['message_id', 'queue'])
    .execute();
  await newIndex(db, 'inbox_by_age', 'inbox', ['at']);

  await table(
    'outbox',
    { id: messageId, queue: id, state: code, envelope: json, created_at: number, sends: number },
    { sent_at: number, seen_at: number },
  )
    .addPrimaryKeyConstraint('outbox_pk', ['id', 'queue'])
    .execute();
  await newIndex(db, 'outbox_by_state', 'outbox', ['state', 'created_at']);

  await sequenced(table('attempts', { message_id: messageId, queue: id, reason: json, at: number }), dialect).execute();
  await newIndex(db, 'attempts_by_message', 'attempts', ['message_id', 'queue']);

  await table(
    'dead_letters',
    { id, message_id: messageId, queue: id, tenant_id: id, type: name, envelope: json, reasons: json, at: number },
    { job_id: id, redriven_at: number },
  )
    .addPrimaryKeyConstraint('dead_letters_pk', ['id'])
    .execute();
  await newIndex(db, 'dead_letters_by_tenant', 'dead_letters', ['tenant_id', 'id']);

  await table('api_keys', { hash: id, tenant_id: id, name, created_at: number })
    .addPrimaryKeyConstraint('api_keys_pk', ['hash'])
    .execute();

  await table('idempotency_keys', {
    tenant_id: id,
    operation: id,
    key: 'varchar(128)',
    request_hash: id,
    status: number,
    body: json,
    created_at: number,
  })
    .addPrimaryKeyConstraint('idempotency_keys_pk', ['tenant_id', 'operation', 'key'])
    .execute();
}
