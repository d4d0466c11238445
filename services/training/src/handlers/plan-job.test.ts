import { flow } from '@bellwether/contracts';
import { markReady } from '@bellwether/database';
import { algorithms } from '@bellwether/learning';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { planJob } from './plan-job.ts';
import { resumeWaitingJobs } from './resume-waiting-jobs.ts';

const asked = { jobId: 'job_1' };
const ready = { datasetId: 'ds_1', name: 'plane', rows: 100, columns: 3 };
const trialRequested = flow.trialRequested.message.type;
const trainingFinished = flow.trainingFinished.message.type;

test('a job on a ready dataset runs: one message a trial', async () => {
  await using training = await trainingCase({ datasets: [{}], jobs: [{}] });

  const messages = await training.handle(planJob, asked);

  const trials = await training.trials();
  expect(trials.map(({ algorithm }) => algorithm)).toEqual(Object.keys(algorithms));
  expect(trials.every(({ status }) => status === 'queued')).toBe(true);
  expect(messages).toEqual(
    trials.map(({ id }) => ({ type: trialRequested, id: `${id}:requested`, body: { jobId: 'job_1', trialId: id } })),
  );
  expect(await training.job()).toMatchObject({ status: 'running', started_at: 5000 });
});

test('the champion is one of the trials, with its version', async () => {
  await using training = await trainingCase({
    datasets: [{}],
    jobs: [{}],
    models: [{ champion_version: 2, revision: 1, last_version: 2 }],
    versions: [{ version: 2, algorithm: 'svm' }],
  });

  await training.handle(planJob, asked);

  expect((await training.trials()).at(-1)).toMatchObject({ kind: 'champion', version: 2, algorithm: 'svm' });
});

test('another tenant’s champion of the same name is none of ours', async () => {
  await using training = await trainingCase({
    datasets: [{}],
    jobs: [{}],
    models: [{ tenant_id: 't2', champion_version: 2 }],
    versions: [{ tenant_id: 't2', version: 2 }],
  });

  await training.handle(planJob, asked);

  expect((await training.trials()).map(({ kind }) => kind)).not.toContain('champion');
});

test('asked for twice, a job is planned once', async () => {
  await using training = await trainingCase({ datasets: [{}], jobs: [{}] });

  await training.handle(planJob, asked);
  const again = await training.handle(planJob, asked);

  expect(again).toEqual([]);
  expect(await training.trials()).toHaveLength(Object.keys(algorithms).length);
});

test.each(['succeeded', 'failed', 'cancelled'] as const)('a job that has %s is not planned again', async (status) => {
  await using training = await trainingCase({ datasets: [{}], jobs: [{ status }] });

  expect(await training.handle(planJob, asked)).toEqual([]);
  expect(await training.job()).toMatchObject({ status, plan: null });
});

test.each(['awaiting-upload', 'validating'] as const)('on a dataset that is %s it waits', async (status) => {
  await using training = await trainingCase({ datasets: [{ status }], jobs: [{}] });

  expect(await training.handle(planJob, asked)).toEqual([]);
  expect((await training.job()).status).toBe('waiting');
});

test('on a rejected dataset it fails with the first error, not with a warning before it', async () => {
  const problems = JSON.stringify([
    { code: 'a', severity: 'warning', message: 'odd' },
    { code: 'b', severity: 'error', message: 'ragged' },
  ]);
  await using training = await trainingCase({ datasets: [{ status: 'rejected', problems }], jobs: [{}] });

  const [message] = await training.handle(planJob, asked);

  expect(message).toMatchObject({ type: trainingFinished, id: 'job_1:finished', body: { status: 'failed' } });
  expect(await training.job()).toMatchObject({
    status: 'failed',
    error_code: 'dataset-rejected',
    error_detail: 'Dataset ds_1 was rejected: ragged',
  });
});

test.each([
  ['that was deleted', []],
  ['of another tenant', [{ tenant_id: 't2' }]],
])('on a dataset %s it fails', async (_, datasets) => {
  await using training = await trainingCase({ datasets, jobs: [{}] });

  await training.handle(planJob, asked);

  expect(await training.job()).toMatchObject({ status: 'failed', error_code: 'dataset-not-found' });
});

test('a request that does not suit the table, known only now, fails the job with the refusal', async () => {
  const request = JSON.stringify({ datasetId: 'ds_1', target: 'nowhere' });
  await using training = await trainingCase({ datasets: [{}], jobs: [{ status: 'waiting', request }] });

  await training.handle(planJob, asked);

  expect(await training.job()).toMatchObject({ status: 'failed', error_code: 'target-missing' });
});

test('what was chosen while the job waited stands in its request afterwards', async () => {
  await using training = await trainingCase({ datasets: [{}], jobs: [{}] });

  await training.handle(planJob, asked);

  expect(JSON.parse((await training.job()).request)).toMatchObject({
    target: 'z',
    task: 'regression',
    taskReason: 'the target is numeric with 100 distinct values',
    metric: 'rmse',
  });
});

const becomeReady = (training: Awaited<ReturnType<typeof trainingCase>>) =>
  training.database.transact((tx) => {
    const profile = { rows: 100, columns: [] };
    return markReady(tx, 'ds_1', { format: 'csv', schema: [], profile, problems: [], dataKey: 'k' }, 4000);
  });

test('planned before its dataset is ready, a job is asked for again when it is', async () => {
  await using training = await trainingCase({ datasets: [{ status: 'validating' }], jobs: [{}] });

  await training.handle(planJob, asked);
  await becomeReady(training);
  const messages = await training.handle(resumeWaitingJobs, ready);

  expect(messages).toEqual([{ type: 'training.requested', id: 'job_1:ready', body: asked }]);
  expect((await training.job()).status).toBe('queued');
});

test('planned after its dataset is ready, a job has nothing to wait for', async () => {
  await using training = await trainingCase({ datasets: [{ status: 'validating' }], jobs: [{}] });

  await becomeReady(training);
  const resumed = await training.handle(resumeWaitingJobs, ready);
  await training.handle(planJob, asked);

  expect(resumed).toEqual([]);
  expect((await training.job()).status).not.toBe('waiting');
});

test('a target of too many labels, which nobody could know at acceptance, fails the job once and in a sentence', async () => {
  const schema = ['a', 'y'].map((name) => ({ name, kind: 'categorical', nullable: false }));
  const columns = schema.map(({ name }) => ({ name, nulls: 0, distinct: 1532 }));
  const table = { schema: JSON.stringify(schema), profile: JSON.stringify({ rows: 9000, columns }) };
  await using training = await trainingCase({ datasets: [table], jobs: [{}] });

  await training.handle(planJob, asked);

  expect(await training.trials()).toEqual([]);
  expect(await training.job()).toMatchObject({
    status: 'failed',
    error_code: 'too-many-classes',
    error_detail:
      'The target y has 1532 different values, and a classification tells 1000 apart at most: merge the rare ones, or choose another target.',
  });
});
