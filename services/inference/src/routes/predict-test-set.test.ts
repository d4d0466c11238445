import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { inferenceCase, twoVersions } from '../../test/inference-case.ts';
import { pollInference } from './poll-inference.ts';
import { predictTestSet } from './predict-test-set.ts';

const part = (name: string) => JSON.stringify({ jobId: 'job_0', part: name });
const split = {
  id: 'job_0',
  kind: 'enrichment',
  status: 'succeeded',
  result: '{"datasets":{"train":"ds_1","test":"ds_2","actuals":"ds_3"}}',
} as const;
const result = JSON.stringify({ metric: 'rmse', champion: 1, promoted: false });
const trained = { id: 'job_1', status: 'succeeded', dataset_id: 'ds_1', result } as const;
const datasets: Rows['datasets'] = [
  { id: 'ds_1', recipe: part('train') },
  { id: 'ds_2', recipe: part('test') },
];
/** Version 2 is what `job_1` made; version 1, the champion, is another job's. */
const rows: Rows = {
  ...twoVersions,
  datasets,
  jobs: [split, trained],
  versions: twoVersions.versions?.map((version) => ({ ...version, job_id: `job_${(version.version ?? 0) - 1}` })) ?? [],
};

type Predict = Parameters<typeof predictTestSet>[0];
type Poll = Parameters<typeof pollInference>[0];
const about = { params: { job_id: 'job_1' }, body: {} };

test('the test set beside the train set is predicted by what the job made, not by the champion', async () => {
  await using inference = await inferenceCase(rows);

  const answer = await predictTestSet(requested<Predict>(about), inference.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  const { body, messages } = await inference.database.transact(answer.commit);
  const polled = await pollInference(requested<Poll>(about), inference.deps);

  expect(body).toMatchObject({
    kind: 'batch-prediction',
    status: 'queued',
    dataset_id: 'ds_2',
    version: 2,
    training_job_id: 'job_1',
    test_dataset_id: 'ds_2',
    actual_dataset_id: 'ds_3',
  });
  expect(messages).toMatchObject([{ body: { jobId: body.job_id } }]);
  expect(polled).toMatchObject({ body: { job_id: body.job_id, training_job_id: 'job_1', actual_dataset_id: 'ds_3' } });
});

test.each<[string, Rows, string]>([
  ['that runs', { ...rows, jobs: [split, { ...trained, status: 'running' }] }, '409 training-not-finished'],
  ['that failed', { ...rows, jobs: [split, { ...trained, status: 'failed' }] }, '409 training-failed'],
  ['that is another tenant’s', { ...rows, jobs: [split, { ...trained, tenant_id: 't2' }] }, '404 job-not-found'],
  ['that is none', { ...rows, jobs: [split, { ...trained, kind: 'evaluation' }] }, '404 job-not-found'],
  ['of a whole table', { ...rows, datasets: [{ id: 'ds_1' }] }, '409 test-set-missing'],
  ['whose versions were deleted', { ...rows, versions: [] }, '409 version-not-found'],
  ['whose test set was deleted', { ...rows, datasets: datasets.slice(0, 1) }, '404 dataset-not-found'],
])('a training job %s has nothing to predict with, and it is said why', async (_, at, expected) => {
  await using inference = await inferenceCase(at);

  await expect(predictTestSet(requested<Predict>(about), inference.deps)).rejects.toMatchObject({
    status: Number(expected.slice(0, 3)),
    code: expected.slice(4),
    options: { field: 'job_id', cure: expect.any(String) },
  });
});

test('a test set that nobody asked to be predicted is not found', async () => {
  await using inference = await inferenceCase(rows);
  await expect(pollInference(requested<Poll>(about), inference.deps)).rejects.toMatchObject({ code: 'job-not-found' });
});
