import type { Received } from '@bellwether/contracts';
import type { JobTable, PredictionTable, Tx } from '@bellwether/database';
import { type Row, readRows } from '@bellwether/datasets';
import { committed, received } from '@bellwether/testkit';
import type { Deps } from '../src/deps.ts';
import type { BatchPlan } from '../src/domain/batch-plan.ts';
import { artifactOf, type InferenceCase, inferenceCase, keyOf, twoVersions } from './inference-case.ts';
import { storedTable } from './stored-table.ts';

type Commit = (tx: Tx) => ReturnType<Parameters<typeof committed>[1]>;
type AnyHandler<Body> = (
  message: Received<Body>,
  deps: Deps,
  delivery: { signal: AbortSignal; attempt: number },
) => Promise<Commit>;

interface Begin {
  readonly jobId?: string;
  readonly signal?: AbortSignal;
}

export interface BatchCase extends InferenceCase {
  /** Lets a handler do its slow work; what it decided is committed by `commit`. */
  begin<Body>(handler: AnyHandler<Body>, body: Body, change?: Begin): Promise<Commit>;
  commit(commit: Commit): ReturnType<typeof committed>;
  /** Both. */
  handle<Body>(handler: AnyHandler<Body>, body: Body, change?: Begin): ReturnType<typeof committed>;
  job(): Promise<JobTable>;
  predictions(): Promise<PredictionTable[]>;
  /** keys of written tables */
  keys(): Promise<string[]>;
  rows(key: string): Promise<Row[]>;
}

export const plan: BatchPlan = {
  version: 2,
  task: 'regression',
  target: 'z',
  inputs: ['x', 'y'].map((name) => ({ name, kind: 'integer', nullable: false })),
  datasetId: 'ds_2',
  name: 'plane-predictions',
  roles: {},
  predictionColumn: 'prediction',
  probabilities: [],
};

const job: Partial<JobTable> = {
  kind: 'batch-prediction',
  request: JSON.stringify({ datasetId: 'ds_1', version: 2 }),
  plan: JSON.stringify(plan),
};

const planeCsv = `x,y,note\n${Array.from({ length: 20 }, (_, row) => `${row},${row % 4},note ${row}`).join('\n')}\n`;

interface Options {
  readonly job?: Partial<JobTable>;
  readonly csv?: string;
  /** default: the dataset that the job predicts */
  readonly datasets?: readonly { readonly id: string; readonly tenant_id?: string }[];
}

/** A batch prediction of `ds_1` by version 2 of model `m`, which predicts x + y + 20. */
export async function batchCase(options: Options = {}): Promise<BatchCase> {
  const { datasets = [{ id: 'ds_1' }] } = options;
  const inference = await inferenceCase({ ...twoVersions, datasets, jobs: [{ ...job, ...options.job }] });
  const { deps, database, store } = inference;
  await store.put(keyOf(2), await artifactOf(20, 'linear'));
  await store.put('tables/t1/ds_1/at_1.parquet', await storedTable(options.csv ?? planeCsv));
  const begin: BatchCase['begin'] = (handler, body, { jobId, signal = new AbortController().signal } = {}) =>
    handler(received(body, jobId === undefined ? {} : { jobId }), deps, { signal, attempt: 1 });
  const commit = (work: Commit) => committed(database, work);
  return {
    ...inference,
    begin,
    commit,
    handle: async (handler, body, change) => await commit(await begin(handler, body, change)),
    job: () => database.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow(),
    predictions: () => database.read.selectFrom('predictions').selectAll().execute(),
    async keys() {
      const keys: string[] = [];
      for await (const { key } of store.list('derived/')) keys.push(key);
      return keys;
    },
    async rows(key) {
      await using table = await store.localCopy(key);
      return await readRows(table.path, { offset: 0, limit: 100 });
    },
  };
}
