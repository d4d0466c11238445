import type { JobTable, PredictionTable } from '@bellwether/database';
import { type Row, readRows } from '@bellwether/datasets';
import type { BatchPlan } from '../src/domain/batch-plan.ts';
import { artifactOf, type InferenceCase, inferenceCase, keyOf, twoVersions } from './inference-case.ts';
import { storedTable } from './stored-table.ts';

export interface BatchCase extends InferenceCase {
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
  const { database, store } = inference;
  await store.put(keyOf(2), await artifactOf(20, 'linear'));
  await store.put('tables/t1/ds_1/at_1.parquet', await storedTable(options.csv ?? planeCsv));
  return {
    ...inference,
    job: () => database.read.selectFrom('jobs').selectAll().executeTakeFirstOrThrow(),
    predictions: () => database.read.selectFrom('predictions').selectAll().execute(),
    keys: () => inference.keys('derived/'),
    async rows(key) {
      await using table = await store.localCopy(key);
      return await readRows(table.path, { offset: 0, limit: 100 });
    },
  };
}
