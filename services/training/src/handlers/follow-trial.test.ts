import { expect, test } from '@jest/globals';
import { asked, jobOfTrial, remoteCase } from '../../test/remote-case.ts';
import { cancelJob } from './cancel-job.ts';
import { failTrial } from './fail-trial.ts';
import { followTrial } from './follow-trial.ts';

const again = (delaySeconds: number) => ({ type: 'trial.submitted', body: asked, delaySeconds });

test('a job that is under way is looked at again later, and its trial shows how far it is', async () => {
  await using training = await remoteCase();
  training.script.state = { kind: 'running', status: 'Training' };

  expect(await training.handle(followTrial, asked)).toEqual([again(30)]);
  expect(await training.trials()).toMatchObject([{ status: 'running', progress: 0.6 }]);
});

test.each([
  ['has ended', { kind: 'completed', artifact: 's3://bucket/a', metrics: {} } as const],
  ['was never asked for', { kind: 'absent' } as const],
  ['failed', { kind: 'failed', reason: 'why' } as const],
  ['cannot be looked at now', { kind: 'busy', reason: 'why' } as const],
  ['may not be looked at', 'refuses' as const],
])('for a job that %s the trial is asked for again: that takes a thread', async (_, state) => {
  await using training = await remoteCase();
  training.script.state = state;

  expect(await training.handle(followTrial, asked)).toEqual([{ type: 'trial.requested', body: asked }]);
});

test('the job of a trial that has ended is stopped', async () => {
  await using training = await remoteCase({ trials: [{ status: 'cancelled' }] });

  expect(await training.handle(followTrial, asked)).toEqual([]);
  expect(training.script.stopped).toEqual([jobOfTrial]);
});

test('SageMaker too busy to stop a job is asked again, but not for ever', async () => {
  await using training = await remoteCase({ trials: [{ status: 'cancelled', finished_at: 4000 }] });
  training.script.stop = 'busy';
  await using late = await remoteCase({ trials: [{ status: 'cancelled', finished_at: 4000 - 21_600_000 }] });
  late.script.stop = 'busy';

  expect(await training.handle(followTrial, asked)).toEqual([again(30)]);
  expect(await late.handle(followTrial, asked)).toEqual([]);
});

test('a trial whose budget of time is spent is pruned, and its job stopped', async () => {
  const spent = { minutes: 1, backend: 'sagemaker' };
  await using training = await remoteCase({ jobs: [{ started_at: -60_000, plan: JSON.stringify(spent) }] });

  expect(await training.handle(followTrial, asked)).toMatchObject([
    { type: 'trial.finished', body: { status: 'pruned' } },
  ]);
  expect(training.script.stopped).toEqual([jobOfTrial]);
  expect(await training.trials()).toMatchObject([{ status: 'pruned', error: expect.stringContaining('budget') }]);
});

test('a cancelled job has its trials on SageMaker looked after at once', async () => {
  await using training = await remoteCase();

  const messages = await training.handle(cancelJob, { jobId: 'job_1', kind: 'training' });

  expect(messages.map(({ type }) => type)).toEqual(['training.finished', 'trial.submitted']);
  expect(messages[1]).toEqual({ type: 'trial.submitted', body: asked });
});

test('a dead trial has its job on SageMaker looked after', async () => {
  await using training = await remoteCase();

  const messages = await training.handle(failTrial, { ...asked, reasons: ['silence'] });

  expect(messages.map(({ type }) => type)).toEqual(['trial.finished', 'trial.submitted']);
});
