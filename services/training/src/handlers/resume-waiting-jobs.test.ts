import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { failWaitingJobs, resumeWaitingJobs } from './resume-waiting-jobs.ts';

const about = { datasetId: 'ds_1', name: 'plane' };
const jobs = [
  { id: 'job_1', status: 'waiting' },
  { id: 'job_2', status: 'waiting' },
  { id: 'job_3', status: 'waiting', dataset_id: 'ds_2' },
  { id: 'job_4', status: 'cancelled' },
  { id: 'job_5', status: 'waiting', kind: 'enrichment' },
] as const;
const statuses = async (training: Awaited<ReturnType<typeof trainingCase>>) =>
  await Promise.all(jobs.map(async ({ id }) => (await training.job(id)).status));

test('a ready dataset wakes the training jobs that wait for it, and no others', async () => {
  await using training = await trainingCase({ jobs });

  const messages = await training.handle(resumeWaitingJobs, { ...about, rows: 1, columns: 1 });

  expect(messages.map(({ id }) => id)).toEqual(['job_1:ready', 'job_2:ready']);
  expect(await statuses(training)).toEqual(['queued', 'queued', 'waiting', 'cancelled', 'waiting']);
});

test('a rejected dataset fails the training jobs that wait for it, with its reason', async () => {
  await using training = await trainingCase({ jobs });

  const messages = await training.handle(failWaitingJobs, { ...about, reason: 'ragged-row: line 3' });

  expect(messages.map(({ id }) => id)).toEqual(['job_1:finished', 'job_2:finished']);
  expect(await statuses(training)).toEqual(['failed', 'failed', 'waiting', 'cancelled', 'waiting']);
  expect((await training.job()).error_detail).toBe('The dataset was rejected: ragged-row: line 3');
});
