import { inventoryOperations, type Problem } from '@bellwether/contracts';
import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { trainDataset } from './train-dataset.ts';

const preprocessing = (change: object) =>
  ({ id: 'job_1', kind: 'enrichment', dataset_id: 'ds_1', request: '{"split":{}}', ...change }) as const;
const made = (part: string, jobId = 'job_1') => JSON.stringify({ jobId, part, split: {} });
const datasets: Rows['datasets'] = [
  { id: 'ds_1', name: 'sales' },
  { id: 'ds_2', name: 'sales-train', recipe: made('train') },
];
const done = preprocessing({ status: 'succeeded', result: '{"datasets":{"train":"ds_2","test":"ds_3"}}' });

async function train(rows: Rows, body: object) {
  await using training = await trainingCase(rows);
  const request = requested<Parameters<typeof trainDataset>[0]>({
    body: inventoryOperations.trainDataset.body.parse(body),
  });
  const answer = await trainDataset(request, training.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  const { body: accepted } = await training.database.transact(answer.commit);
  const jobs = await training.database.read.selectFrom('jobs').selectAll().where('kind', '=', 'training').execute();
  return { ...accepted, request: JSON.parse(jobs[0]?.request ?? '') };
}

const refused = (rows: Rows, body: object) =>
  train(rows, body).then(
    () => undefined,
    ({ status, code, options }: Problem) => [status, code, options.field],
  );

test('a dataset that was preprocessed means its train set, under the model of its name', async () => {
  expect(await train({ datasets, jobs: [done] }, { dataset_id: 'ds_1' })).toMatchObject({
    dataset_id: 'ds_2',
    model: 'sales',
    status: 'queued',
  });
});

test('a train set means itself, and so does a dataset that was only enriched', async () => {
  const enriched = preprocessing({ status: 'succeeded', request: '{}', result: '{"datasets":{"enriched":"ds_2"}}' });

  expect((await train({ datasets, jobs: [done] }, { dataset_id: 'ds_2' })).dataset_id).toBe('ds_2');
  expect((await train({ datasets, jobs: [enriched] }, { dataset_id: 'ds_1' })).dataset_id).toBe('ds_1');
});

test('a preprocessing that failed does not hide the one before it', async () => {
  const jobs = [done, preprocessing({ id: 'job_2', status: 'failed' })];
  expect((await train({ datasets, jobs }, { dataset_id: 'ds_1' })).dataset_id).toBe('ds_2');
});

test('an algorithm may be said as `model` where nothing else names one', async () => {
  const jobs = [done];
  const byModel = await train({ datasets, jobs }, { dataset_id: 'ds_2', model: 'linear' });
  const both = await train({ datasets, jobs }, { dataset_id: 'ds_2', model: 'xgboost', algorithm: 'linear' });

  // The baseline is always there.
  const candidates = [{ algorithm: 'linear' }, { algorithm: 'baseline' }];
  expect(byModel).toMatchObject({ model: 'sales', request: { candidates } });
  expect(both).toMatchObject({ model: 'xgboost', request: { candidates } });
});

const running = preprocessing({ status: 'running', plan: '{"outputs":[{"part":"train","datasetId":"ds_9"}]}' });

test.each<[string, Rows, object, unknown[]]>([
  [
    'while it is preprocessed',
    { datasets, jobs: [running] },
    { dataset_id: 'ds_1' },
    [409, 'dataset-not-ready', 'dataset_id'],
  ],
  [
    'that was promised and is not there yet',
    { jobs: [running] },
    { dataset_id: 'ds_9' },
    [409, 'dataset-not-ready', 'dataset_id'],
  ],
  ['that is not there', { jobs: [running] }, { dataset_id: 'ds_8' }, [404, 'dataset-not-found', 'dataset_id']],
  [
    'of another tenant',
    { datasets: [{ tenant_id: 't2' }] },
    { dataset_id: 'ds_1' },
    [404, 'dataset-not-found', 'dataset_id'],
  ],
  ['without the target', { datasets }, { dataset_id: 'ds_2', target: 'w' }, [422, 'target-missing', 'target']],
])('a dataset %s is refused', async (_, rows, body, expected) => {
  expect(await refused(rows, body)).toEqual(expected);
});
