import { expect, test } from '@jest/globals';
import { running, trainingCase } from '../../test/training-case.ts';
import { isDeath } from '../domain/trial-error.ts';
import { failTrial } from './fail-trial.ts';

const dead = { jobId: 'job_1', trialId: 'trial_1', reasons: ['attempt 5: out of memory'] };

test('a dead trial counts as failed, and says why', async () => {
  await using training = await trainingCase({ jobs: [running], trials: [{ status: 'running' }] });

  const messages = await training.handle(failTrial, dead);

  expect(messages).toEqual([
    {
      type: 'trial.finished',
      body: { jobId: 'job_1', trialId: 'trial_1', algorithm: 'linear', status: 'failed' },
    },
  ]);
  const [trial] = await training.trials();
  expect(trial).toMatchObject({ status: 'failed', finished_at: 5000 });
  expect(trial?.error).toContain('out of memory');
  expect(isDeath(trial?.error ?? '')).toBe(true);
});

test.each(['succeeded', 'failed', 'cancelled'] as const)('a trial that has %s stays so', async (status) => {
  await using training = await trainingCase({ jobs: [running], trials: [{ status, score: 1 }] });

  expect(await training.handle(failTrial, dead)).toEqual([]);
  expect(await training.trials()).toMatchObject([{ status, error: null, score: 1 }]);
});

test('a trial that was never there is ignored', async () => {
  await using training = await trainingCase();

  expect(await training.handle(failTrial, dead)).toEqual([]);
});
