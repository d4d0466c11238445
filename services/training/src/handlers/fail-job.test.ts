import { expect, test } from '@jest/globals';
import { running, trainingCase } from '../../test/training-case.ts';
import { failJob } from './fail-job.ts';

const dead = { jobId: 'job_1', reasons: ['attempt 1: a', 'attempt 2: b'] };

test('a job that could not be planned fails with the last reason', async () => {
  await using training = await trainingCase({ jobs: [{}] });

  const messages = await training.handle(failJob, dead);

  expect(messages.map(({ id }) => id)).toEqual(['job_1:finished']);
  expect(await training.job()).toMatchObject({
    status: 'failed',
    error_code: 'planning-failed',
    error_detail: 'attempt 2: b',
    finished_at: 5000,
  });
});

test('a job that was planned goes on, though its planning message died afterwards', async () => {
  await using training = await trainingCase({ jobs: [running] });

  expect(await training.handle(failJob, dead)).toEqual([]);
  expect((await training.job()).status).toBe('running');
});

test('a job that was cancelled stays cancelled', async () => {
  await using training = await trainingCase({ jobs: [{ status: 'cancelled' }] });

  expect(await training.handle(failJob, dead)).toEqual([]);
  expect((await training.job()).status).toBe('cancelled');
});
