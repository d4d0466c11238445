import { expect, test } from '@jest/globals';
import { running, trainingCase } from '../../test/training-case.ts';
import { cancelJob } from './cancel-job.ts';

const asked = { jobId: 'job_1', kind: 'training' } as const;

test('a cancelled job ends its open trials; those that ended keep their end', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [
      { id: 'a', position: 0, status: 'succeeded' },
      { id: 'b', position: 1, status: 'running' },
      { id: 'c', position: 2, status: 'queued' },
    ],
  });

  const messages = await training.handle(cancelJob, asked);

  expect(messages).toMatchObject([{ id: 'job_1:finished', body: { status: 'cancelled' } }]);
  expect((await training.trials()).map(({ status }) => status)).toEqual(['succeeded', 'cancelled', 'cancelled']);
  expect(await training.job()).toMatchObject({ status: 'cancelled', error_code: 'cancelled' });
});

test.each(['succeeded', 'failed', 'cancelled'] as const)('a job that has %s stays so', async (status) => {
  await using training = await trainingCase({ jobs: [{ status }] });

  expect(await training.handle(cancelJob, asked)).toEqual([]);
  expect((await training.job()).status).toBe(status);
});

test('a cancel of an enrichment is not ours', async () => {
  await using training = await trainingCase({ jobs: [running] });

  expect(await training.handle(cancelJob, { jobId: 'job_1', kind: 'enrichment' })).toEqual([]);
  expect((await training.job()).status).toBe('running');
});

test('a cancel of a job that was never there is ignored', async () => {
  await using training = await trainingCase();

  expect(await training.handle(cancelJob, asked)).toEqual([]);
});
