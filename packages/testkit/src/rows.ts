import type { Outgoing, Received } from '@bellwether/contracts';
import type {
  Database,
  DatasetTable,
  JobTable,
  ModelTable,
  ModelVersionTable,
  TrialTable,
  Tx,
} from '@bellwether/database';

/** Rows of a case: what a test does not name is the least that is valid. */
export interface Rows {
  readonly datasets?: readonly Partial<DatasetTable>[];
  readonly jobs?: readonly Partial<JobTable>[];
  readonly trials?: readonly Partial<TrialTable>[];
  readonly models?: readonly Partial<ModelTable>[];
  readonly versions?: readonly Partial<ModelVersionTable>[];
}

const nobody = { tenant_id: 't1' } as const;
const column = (name: string) => ({ name, kind: 'numeric' as const, nullable: false });
const plane = [column('x'), column('y'), column('z')];

/** A ready table of three numeric columns `x`, `y`, `z` and 100 rows. */
export const datasetRow = (change: Partial<DatasetTable> = {}): DatasetTable => ({
  id: 'ds_1',
  ...nobody,
  name: 'plane',
  status: 'ready',
  format: 'csv',
  roles: '{}',
  schema: JSON.stringify(plane),
  profile: JSON.stringify({ rows: 100, columns: plane.map(({ name }) => ({ name, nulls: 0, distinct: 100 })) }),
  problems: '[]',
  parents: '[]',
  recipe: null,
  row_count: 100,
  bytes: 2000,
  upload_key: 'uploads/t1/ds_1',
  upload_etag: 'etag',
  data_key: 'tables/t1/ds_1/at_1.parquet',
  created_at: 1000,
  updated_at: 1000,
  ...change,
});

/** A training job that nobody has planned yet. */
export const jobRow = (change: Partial<JobTable> = {}): JobTable => ({
  id: 'job_1',
  ...nobody,
  kind: 'training',
  status: 'queued',
  progress: 0,
  model: 'm',
  dataset_id: 'ds_1',
  parent_id: null,
  request: JSON.stringify({ datasetId: 'ds_1' }),
  plan: null,
  result: null,
  error_code: null,
  error_detail: null,
  created_at: 1000,
  started_at: null,
  finished_at: null,
  ...change,
});

export const trialRow = (change: Partial<TrialTable> = {}): TrialTable => ({
  id: 'trial_1',
  job_id: 'job_1',
  ...nobody,
  model: 'm',
  position: 0,
  kind: 'candidate',
  candidate: 0,
  algorithm: 'linear',
  hyperparameters: '{}',
  log_target: 0,
  seed: 0,
  prune_above: null,
  status: 'queued',
  progress: 0,
  metrics: null,
  validation: null,
  score: null,
  error: null,
  version: null,
  started_at: null,
  finished_at: null,
  ...change,
});

export const modelRow = (change: Partial<ModelTable> = {}): ModelTable => ({
  ...nobody,
  name: 'm',
  task: 'regression',
  champion_version: null,
  revision: 0,
  last_version: 0,
  retention: null,
  deleted_at: null,
  created_at: 1000,
  updated_at: 1000,
  ...change,
});

export const versionRow = (change: Partial<ModelVersionTable> = {}): ModelVersionTable => ({
  ...nobody,
  model: 'm',
  version: 1,
  trial_id: `trial_of_version_${change.version ?? 1}`,
  job_id: 'job_0',
  dataset_id: 'ds_1',
  algorithm: 'linear',
  hyperparameters: '{}',
  task: 'regression',
  target: 'z',
  inputs: JSON.stringify(plane.slice(0, 2)),
  metrics: '{"rmse":1}',
  validation_metrics: null,
  log_target: 0,
  seed: 0,
  backend: 'local',
  code_version: '0.0.0',
  tags: '{}',
  recipe: null,
  artifact_key: 'models/t1/trial_0/at_0.tar.gz',
  artifact_bytes: 100,
  trained_rows: 80,
  holdout_rows: 20,
  duration: 1,
  created_at: 1000,
  ...change,
});

/** Puts the rows of a case into a database. */
export async function insertRows(database: Database, rows: Rows): Promise<void> {
  const { datasets = [], jobs = [], trials = [], models = [], versions = [] } = rows;
  await database.transact(async (tx) => {
    for (const row of datasets) await tx.insertInto('datasets').values(datasetRow(row)).execute();
    for (const row of jobs) await tx.insertInto('jobs').values(jobRow(row)).execute();
    for (const row of trials) await tx.insertInto('trials').values(trialRow(row)).execute();
    for (const row of models) await tx.insertInto('models').values(modelRow(row)).execute();
    for (const row of versions) await tx.insertInto('model_versions').values(versionRow(row)).execute();
  });
}

/** An incoming message of tenant `t1` with this body. */
export const received = <Body>(body: Body, change: Partial<Received<Body>> = {}): Received<Body> => ({
  id: 'message_1',
  type: 'any',
  version: 1,
  tenantId: 't1',
  traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-00`,
  at: '2026-11-21T00:00:00.000Z',
  body,
  ...change,
});

type Message = Pick<Outgoing, 'body' | 'id' | 'delaySeconds'> & { readonly type: string };

/** Commits what a handler decided, in a transaction of its own; returns the messages that it sends. */
export async function committed(
  database: Database,
  commit: (tx: Tx) => Promise<readonly Outgoing[]>,
): Promise<Message[]> {
  const messages = await database.transact(commit);
  return messages.map(({ hop, body, id, delaySeconds }) => ({
    type: hop.message.type,
    body,
    ...(id === undefined ? {} : { id }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  }));
}

/** What a route is given of a request of tenant `t1`, as far as it asks. */
export const requested = <Request>(given: object): Request =>
  ({ tenantId: 't1', header: () => undefined, signal: new AbortController().signal, ...given }) as Request;
