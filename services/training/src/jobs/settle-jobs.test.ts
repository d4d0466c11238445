import { expect, test } from '@jest/globals';
import { running, trainingCase } from '../../test/training-case.ts';
import { settleJobs } from './settle-jobs.ts';

const waiting = { status: 'waiting' } as const;

test('a job whose trials have all ended is concluded, though no message came', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [{ status: 'succeeded', score: 1, metrics: '{"rmse":1}', version: 1 }],
    models: [{ last_version: 1 }],
  });

  await settleJobs(training.deps);

  expect((await training.job()).status).toBe('succeeded');
  const sent = await training.database.read.selectFrom('outbox').select(['id', 'queue']).orderBy('queue').execute();
  expect(sent.map(({ id, queue }) => `${id} to ${queue}`)).toEqual([
    'job_1:promoted to inference',
    'job_1:finished to metrics',
    'job_1:promoted to metrics',
    'job_1:finished to training',
  ]);
});

test.each([
  ['ready', [{}], 'running'],
  ['rejected', [{ status: 'rejected' as const }], 'failed'],
  ['deleted', [], 'failed'],
])('a job that waits for a dataset that is %s moves on', async (_, datasets, status) => {
  await using training = await trainingCase({ datasets, jobs: [waiting] });

  await settleJobs(training.deps);

  expect((await training.job()).status).toBe(status);
});

test('jobs with something to wait for are left alone', async () => {
  await using training = await trainingCase({
    datasets: [{ id: 'ds_1' }, { id: 'ds_2', status: 'validating' }, { id: 'ds_3', status: 'awaiting-upload' }],
    jobs: [
      { ...running, id: 'job_1' },
      { ...waiting, id: 'job_2', dataset_id: 'ds_2' },
      { ...waiting, id: 'job_3', dataset_id: 'ds_3' },
      { id: 'job_4' },
      { ...running, id: 'job_5', kind: 'enrichment' },
    ],
    trials: [
      { id: 'a', position: 0, status: 'succeeded' },
      { id: 'b', position: 1, status: 'running' },
    ],
  });

  expect(await settleJobs(training.deps)).toBe(0);
});

test('moved on twice, a job ends once', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [{ status: 'failed', error: 'x' }],
  });

  expect([await settleJobs(training.deps), await settleJobs(training.deps)]).toEqual([1, 0]);
  const sent = await training.database.read.selectFrom('outbox').select(['id', 'queue']).execute();
  expect(sent.map(({ queue }) => queue).toSorted()).toEqual(['metrics', 'training']);
});
