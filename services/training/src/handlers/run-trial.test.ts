import { writeFile } from 'node:fs/promises';
import type { Rows } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { planOfPlane, running, type TrainingCase, trainingCase } from '../../test/training-case.ts';
import type { PoolOutcome } from '../local/trial-pool.ts';
import type { TrialTask } from '../local/trial-task.ts';
import { cancelJob } from './cancel-job.ts';
import { failTrial } from './fail-trial.ts';
import { runTrial } from './run-trial.ts';

const asked = { jobId: 'job_1', trialId: 'trial_1' };
const rows: Rows = { datasets: [{}], jobs: [running], trials: [{}] };
const dataKey = 'tables/t1/ds_1/at_1.parquet';

/** A thread that fits at once. */
async function fits(task: TrialTask): Promise<PoolOutcome> {
  if (task.output !== undefined) await writeFile(task.output, 'artifact');
  const result = { metrics: { rmse: 0.5 }, hyperparameters: { alpha: 1 }, trainedRows: 80, holdoutRows: 20 };
  return { kind: 'done', result };
}

async function trialCase(of: Rows = rows, fit: Parameters<typeof trainingCase>[1] = fits): Promise<TrainingCase> {
  const training = await trainingCase(of, fit);
  await training.deps.store.put(dataKey, new TextEncoder().encode('table'));
  return training;
}

const versions = ({ database }: TrainingCase) => database.read.selectFrom('model_versions').selectAll().execute();
const artifacts = (training: TrainingCase) => training.keys('models/');

test('a trial that was fitted becomes a version, and its artifact the one that the version names', async () => {
  await using training = await trialCase();

  const messages = await training.handle(runTrial, asked);

  expect(messages).toEqual([
    {
      type: 'trial.finished',
      body: { ...asked, algorithm: 'linear', status: 'succeeded', score: 0.5 },
    },
  ]);
  expect(await training.trials()).toMatchObject([{ status: 'succeeded', progress: 1, score: 0.5, version: 1 }]);
  const [version] = await versions(training);
  expect(version).toMatchObject({ version: 1, trial_id: 'trial_1', target: 'z', artifact_bytes: 8, trained_rows: 80 });
  expect(await artifacts(training)).toEqual([version?.artifact_key]);
});

test('of two attempts at once one makes the version; the other finds the trial ended', async () => {
  await using training = await trialCase();
  const first = await training.begin(runTrial, asked);
  const second = await training.begin(runTrial, asked);

  expect(await training.commit(second)).toHaveLength(1);
  expect(await training.commit(first)).toEqual([]);
  const [version, ...more] = await versions(training);
  expect(more).toEqual([]);
  // The other one is the sweeper's.
  expect(await artifacts(training)).toContain(version?.artifact_key);
});

test.each(['cancel first', 'trial first'])('a cancel that races with a trial’s end, %s', async (order) => {
  await using training = await trialCase();
  const trial = await training.begin(runTrial, asked);
  const cancel = await training.begin(cancelJob, { jobId: 'job_1', kind: 'training' });
  const cancelled = order === 'cancel first';

  const commits = cancelled ? [cancel, trial] : [trial, cancel];
  for (const commit of commits) await training.commit(commit);

  expect((await training.trials())[0]?.status).toBe(cancelled ? 'cancelled' : 'succeeded');
  expect(await versions(training)).toHaveLength(cancelled ? 0 : 1);
  expect((await training.job()).status).toBe('cancelled');
});

test.each(['death first', 'trial first'])('a death that races with a trial’s end, %s', async (order) => {
  await using training = await trialCase();
  const trial = await training.begin(runTrial, asked);
  const death = await training.begin(failTrial, { ...asked, reasons: ['silence'] });
  const died = order === 'death first';

  const messages = [];
  for (const commit of died ? [death, trial] : [trial, death]) messages.push(...(await training.commit(commit)));

  expect(messages).toMatchObject([{ body: { status: died ? 'failed' : 'succeeded' } }]);
  expect(await versions(training)).toHaveLength(died ? 0 : 1);
});

test.each([
  ['whose job was cancelled', { ...rows, jobs: [{ ...running, status: 'cancelled' as const }] }],
  ['that died and is sent again', { ...rows, trials: [{ status: 'failed' as const, error: 'trial-died: x' }] }],
  ['that was never there', { ...rows, trials: [] }],
])('a trial %s is not fitted', async (_, of) => {
  let fitted = 0;
  await using training = await trialCase(of, async (task) => {
    fitted++;
    return await fits(task);
  });

  expect(await training.handle(runTrial, asked)).toEqual([]);
  expect(fitted).toBe(0);
});

test('what the data do not allow ends the trial as failed, and leaves no file and no object', async () => {
  await using training = await trialCase(rows, async (task) => {
    await fits(task);
    return { kind: 'refused', reason: 'too-few-rows: 1 of 3 rows can be used.' };
  });

  const messages = await training.handle(runTrial, asked);

  expect(messages).toMatchObject([{ body: { status: 'failed' } }]);
  expect(await training.trials()).toMatchObject([
    { status: 'failed', error: 'too-few-rows: 1 of 3 rows can be used.' },
  ]);
  expect(await artifacts(training)).toEqual([]);
});

test('a model without the job’s metric is refused: there is nothing to compare it by', async () => {
  await using training = await trialCase(rows, async (task) => {
    const outcome = await fits(task);
    return outcome.kind === 'done' ? { ...outcome, result: { ...outcome.result, metrics: { mae: 1 } } } : outcome;
  });

  await training.handle(runTrial, asked);

  expect((await training.trials())[0]?.error).toMatch(/^metric-undefined: rmse/);
  expect(await artifacts(training)).toEqual([]);
});

test('a dataset that is gone fails the trial', async () => {
  await using training = await trialCase({ ...rows, datasets: [] });

  await training.handle(runTrial, asked);

  expect(await training.trials()).toMatchObject([
    { status: 'failed', error: expect.stringMatching(/^dataset-deleted/) },
  ]);
});

test('a crash is thrown, so that the trial is attempted again, and its beginning stands', async () => {
  await using training = await trialCase({ ...rows, trials: [{ started_at: 3000 }] }, async () => {
    throw new Error('the worker thread ended with code 1');
  });

  await expect(training.begin(runTrial, asked)).rejects.toThrow('code 1');
  expect(await training.trials()).toMatchObject([{ status: 'running', started_at: 3000 }]);
});

test('the champion is evaluated with its own artifact and makes no version', async () => {
  let seen: TrialTask | undefined;
  const version = { version: 4, artifact_key: 'models/t1/trial_0/at_0.tar.gz' };
  await using training = await trialCase(
    { ...rows, trials: [{ kind: 'champion', version: 4 }], versions: [version] },
    async (task) => {
      seen = task;
      return await fits(task);
    },
  );
  await training.deps.store.put(version.artifact_key, new TextEncoder().encode('old'));

  const messages = await training.handle(runTrial, asked);

  expect(messages).toMatchObject([{ body: { status: 'succeeded', score: 0.5 } }]);
  expect(seen).toMatchObject({ artifact: expect.stringContaining('at_0.tar.gz') });
  expect(seen).not.toHaveProperty('output');
  expect(await training.trials()).toMatchObject([{ status: 'succeeded', version: 4 }]);
  expect(await versions(training)).toHaveLength(1);
  expect(await artifacts(training)).toHaveLength(1);
});

test('a trial that was hopeless is pruned, with what its first fold showed', async () => {
  await using training = await trialCase({ ...rows, trials: [{ prune_above: 2 }] }, async (task) => {
    expect(task.pruneAbove).toBe(2);
    return { kind: 'pruned', scores: [3.5] };
  });

  const messages = await training.handle(runTrial, asked);

  expect(messages).toMatchObject([{ type: 'trial.finished', body: { status: 'pruned' } }]);
  expect(await training.trials()).toMatchObject([
    { status: 'pruned', score: 3.5, validation: '{"metrics":{},"scores":[3.5]}', version: null },
  ]);
  expect(await versions(training)).toEqual([]);
});

test('a version is compared by its validation, and says how it came to be', async () => {
  const validation = { metrics: { rmse: 0.7, mae: 0.4 }, scores: [0.6, 0.8] };
  await using training = await trialCase({ ...rows, trials: [{ seed: 9, log_target: 1 }] }, async (task) => {
    const outcome = await fits(task);
    return outcome.kind === 'done' ? { ...outcome, result: { ...outcome.result, validation } } : outcome;
  });

  const messages = await training.handle(runTrial, asked);

  expect(messages).toMatchObject([{ body: { score: 0.7 } }]);
  expect((await training.trials())[0]).toMatchObject({ score: 0.7, validation: JSON.stringify(validation) });
  expect((await versions(training))[0]).toMatchObject({
    metrics: '{"rmse":0.5}',
    validation_metrics: JSON.stringify(validation.metrics),
    seed: 9,
    log_target: 1,
    backend: 'local',
    code_version: '1.2.3',
  });
});

/** A job that may take a minute, two seconds after its start; the clock of the cases stands at 5000. */
const oneMinute = (startedAt: number) => ({
  ...running,
  plan: planOfPlane({ budget: { minutes: 1 } }),
  started_at: startedAt,
});

test('when the budget of time is spent, a trial is not begun', async () => {
  await using training = await trialCase({ ...rows, jobs: [oneMinute(5000 - 60_000)] }, async () => {
    throw new Error('it was begun');
  });

  const messages = await training.handle(runTrial, asked);

  expect(messages).toMatchObject([{ body: { status: 'pruned' } }]);
  expect((await training.trials())[0]).toMatchObject({
    status: 'pruned',
    error: expect.stringMatching(/^budget-spent/),
  });
});

test('a champion is evaluated though the budget of time is spent', async () => {
  await using training = await trialCase({
    ...rows,
    jobs: [oneMinute(5000 - 60_000)],
    trials: [{ kind: 'champion', candidate: null, version: 4 }],
    versions: [{ version: 4, artifact_key: 'models/t1/trial_0/at_0.tar.gz' }],
  });
  await training.deps.store.put('models/t1/trial_0/at_0.tar.gz', new TextEncoder().encode('old'));

  expect(await training.handle(runTrial, asked)).toMatchObject([{ body: { status: 'succeeded' } }]);
});
