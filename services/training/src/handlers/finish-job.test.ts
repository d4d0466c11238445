import { updateOpenTrial } from '@bellwether/database';
import type { Rows } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { planOfPlane, running, trainingCase } from '../../test/training-case.ts';
import { cancelJob } from './cancel-job.ts';
import { finishJob } from './finish-job.ts';

const finished = { jobId: 'job_1', trialId: 'a', algorithm: 'linear', status: 'succeeded' } as const;
const well = (id: string, position: number, score: number, version: number) =>
  ({
    id,
    position,
    candidate: position,
    status: 'succeeded',
    score,
    metrics: JSON.stringify({ rmse: score }),
    version,
  }) as const;

/** Two versions of one job; the second has the lower error. */
const allEnded: Rows = {
  jobs: [running],
  trials: [well('a', 0, 0.5, 1), well('b', 1, 0.3, 2)],
  models: [{ last_version: 2 }],
};

const championOf = async (training: Awaited<ReturnType<typeof trainingCase>>) =>
  (await training.database.read.selectFrom('models').selectAll().execute()).map((model) => [
    model.champion_version,
    model.revision,
  ]);

test('before the last trial the job’s progress rises and nothing is sent', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [well('a', 0, 0.5, 1), { id: 'b', position: 1, candidate: 1, status: 'running', progress: 0.5 }],
  });

  expect(await training.handle(finishJob, finished)).toEqual([]);
  expect(await training.job()).toMatchObject({ status: 'running', progress: 0.75 });
});

test('progress never goes back, though a trial began again', async () => {
  await using training = await trainingCase({
    jobs: [{ ...running, progress: 0.9 }],
    trials: [well('a', 0, 0.5, 1), { id: 'b', position: 1, candidate: 1, status: 'running', progress: 0 }],
  });

  await training.handle(finishJob, finished);

  expect((await training.job()).progress).toBe(0.9);
});

test('with the last trial the best version is promoted and the job has succeeded', async () => {
  await using training = await trainingCase(allEnded);

  const messages = await training.handle(finishJob, finished);

  expect(messages).toMatchObject([
    { type: 'training.finished', id: 'job_1:finished', body: { status: 'succeeded' } },
    { type: 'champion.promoted', id: 'job_1:promoted', body: { model: 'm', version: 2, revision: 1 } },
  ]);
  expect(await championOf(training)).toEqual([[2, 1]]);
  const job = await training.job();
  expect(job).toMatchObject({ status: 'succeeded', progress: 1, finished_at: 5000 });
  expect(JSON.parse(job.result ?? '')).toMatchObject({ champion: 2, promoted: true, versions: [1, 2], failed: [] });
});

test('of two last messages one ends the job; the other finds it ended', async () => {
  await using training = await trainingCase(allEnded);
  const first = await training.begin(finishJob, finished);
  const second = await training.begin(finishJob, { ...finished, trialId: 'b' });

  expect(await training.commit(second)).toHaveLength(2);
  expect(await training.commit(first)).toEqual([]);
  expect(await championOf(training)).toEqual([[2, 1]]);
});

test.each(['cancel first', 'finish first'])('a cancel that races with the last trial, %s: one end', async (order) => {
  await using training = await trainingCase(allEnded);
  const finish = await training.begin(finishJob, finished);
  const cancel = await training.begin(cancelJob, { jobId: 'job_1', kind: 'training' });

  const commits = order === 'cancel first' ? [cancel, finish] : [finish, cancel];
  const messages = [];
  for (const commit of commits) messages.push(...(await training.commit(commit)));

  expect(messages.filter(({ id }) => id === 'job_1:finished')).toHaveLength(1);
  const cancelled = order === 'cancel first';
  expect((await training.job()).status).toBe(cancelled ? 'cancelled' : 'succeeded');
  expect(await championOf(training)).toEqual([cancelled ? [null, 0] : [2, 1]]);
});

test('when all trials failed the job fails with the reasons of all', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [
      { id: 'a', position: 0, status: 'failed', error: 'too-few-rows: 1 of 3 rows can be used.' },
      { id: 'b', position: 1, status: 'failed', algorithm: 'svm', error: 'trial-died: x' },
    ],
  });

  const [message] = await training.handle(finishJob, finished);

  expect(message).toMatchObject({ body: { status: 'failed' } });
  expect(await training.job()).toMatchObject({
    status: 'failed',
    error_code: 'all-trials-failed',
    error_detail: 'linear: too-few-rows: 1 of 3 rows can be used.; svm: trial-died: x',
  });
});

test('the message of a failure stays short, however many trials failed', async () => {
  const error = 'e'.repeat(4000);
  const trials = Array.from({ length: 20 }, (_, position) => ({
    id: `t${position}`,
    position,
    status: 'failed' as const,
    error,
  }));
  await using training = await trainingCase({ jobs: [running], trials });

  const [message] = await training.handle(finishJob, finished);

  expect(JSON.stringify(message).length).toBeLessThan(3000);
});

test('a champion that scored alone promotes nobody, and the job fails', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [
      { id: 'a', position: 0, status: 'failed', error: 'x' },
      { ...well('b', 1, 0.1, 4), kind: 'champion', candidate: null },
    ],
    models: [{ champion_version: 4, revision: 2, last_version: 4 }],
  });

  await training.handle(finishJob, finished);

  expect((await training.job()).status).toBe('failed');
  expect(await championOf(training)).toEqual([[4, 2]]);
});

test('a version that was promoted while the trials ran is evaluated on the same rows before anything is decided', async () => {
  await using training = await trainingCase({
    ...allEnded,
    trials: [well('a', 0, 0.1, 5), { ...well('b', 1, 0.9, 3), kind: 'champion', candidate: null }],
    models: [{ champion_version: 4, revision: 7, last_version: 5 }],
    versions: [{ version: 4 }],
  });

  const [asked, ...more] = await training.handle(finishJob, finished);

  expect([asked?.type, more]).toEqual(['trial.requested', []]);
  expect((await training.trials()).at(-1)).toMatchObject({
    kind: 'champion',
    version: 4,
    position: 2,
    status: 'queued',
  });
  expect((await training.job()).status).toBe('running');
  expect(await championOf(training)).toEqual([[4, 7]]);

  const late = (await training.trials()).at(-1)?.id ?? '';
  await training.database.transact((tx) =>
    updateOpenTrial(tx, late, { status: 'succeeded', score: 0.05, metrics: '{"rmse":0.05}' }),
  );
  await training.handle(finishJob, { ...finished, trialId: late });

  expect(JSON.parse((await training.job()).result ?? '')).toMatchObject({ promoted: false, champion: 4 });
  expect(await championOf(training)).toEqual([[4, 7]]);
});

test('of two first jobs of a model the second is compared with the first one’s champion', async () => {
  await using training = await trainingCase({
    ...allEnded,
    trials: [well('a', 0, 0.5, 3)],
    models: [{ champion_version: 1, revision: 1, last_version: 3 }],
    versions: [{ version: 1 }],
  });

  const messages = await training.handle(finishJob, finished);

  expect(messages.map(({ type }) => type)).toEqual(['trial.requested']);
  expect(await championOf(training)).toEqual([[1, 1]]);
});

test('a champion whose evaluation died keeps its place', async () => {
  await using training = await trainingCase({
    jobs: [running],
    trials: [
      well('a', 0, 0.1, 5),
      { id: 'b', position: 1, kind: 'champion', candidate: null, version: 4, status: 'failed', error: 'trial-died: x' },
    ],
    models: [{ champion_version: 4, revision: 7, last_version: 5 }],
  });

  await training.handle(finishJob, finished);

  expect((await training.job()).status).toBe('succeeded');
  expect(await championOf(training)).toEqual([[4, 7]]);
});

test('another tenant’s model of the same name is left alone', async () => {
  await using training = await trainingCase({
    ...allEnded,
    models: [{ last_version: 2 }, { tenant_id: 't2', champion_version: 9, revision: 3 }],
  });

  await training.handle(finishJob, finished);

  expect(await championOf(training)).toEqual([
    [2, 1],
    [9, 3],
  ]);
});

/** A search of twelve trials over an SVM, of which the first round has ended. */
const inSearch = (change: { started_at?: number; minutes?: number } = {}): Rows => {
  const plan = JSON.parse(planOfPlane({ candidates: [{ algorithm: 'baseline' }] }));
  const space = { C: { kind: 'float', low: 0.01, high: 100, log: true } };
  const searched = { algorithm: 'svm', hyperparameters: {}, trials: 7, seed: 3, logTarget: false, space };
  const { minutes, ...job } = change;
  return {
    jobs: [
      {
        ...running,
        ...job,
        plan: JSON.stringify({ ...plan, candidates: [searched], ...(minutes === undefined ? {} : { minutes }) }),
      },
    ],
    trials: [0, 1, 2, 3].map((position) => ({
      ...well(`t${position}`, position, 1 + position, 1 + position),
      candidate: 0,
      hyperparameters: JSON.stringify(position === 0 ? {} : { C: 10 ** -position }),
      validation: JSON.stringify({ metrics: { rmse: 1 + position }, scores: [1 + position] }),
    })),
    models: [{ last_version: 4 }],
  };
};

test('with the last trial of a round the next one is asked for, and of two last messages once', async () => {
  await using training = await trainingCase(inSearch());
  const first = await training.begin(finishJob, finished);
  const second = await training.begin(finishJob, { ...finished, trialId: 'b' });

  const messages = [...(await training.commit(first)), ...(await training.commit(second))];

  const next = (await training.trials()).slice(4);
  expect(next.map(({ position, status, prune_above }) => [position, status, prune_above])).toEqual([
    [4, 'queued', 3],
    [5, 'queued', 3],
    [6, 'queued', 3],
  ]);
  expect(messages.map(({ type, id }) => `${type} ${id}`)).toEqual(
    next.map(({ id }) => `trial.requested ${id}:requested`),
  );
  expect(await training.job()).toMatchObject({ status: 'running', progress: 4 / 7 });
});

test('the same ends give the same next round, whoever was first', async () => {
  const settings = async (rows: Rows) => {
    await using training = await trainingCase(rows);
    await training.handle(finishJob, finished);
    return (await training.trials()).slice(4).map(({ hyperparameters }) => hyperparameters);
  };
  const rows = inSearch();
  const later = rows.trials?.map((trial, index) => ({ ...trial, started_at: 100 - index, finished_at: 900 - index }));

  expect(await settings(rows)).toHaveLength(3);
  expect(await settings({ ...rows, trials: later?.toReversed() ?? [] })).toEqual(await settings(rows));
});

test('when its time is spent, a job ends with the best of what has ended', async () => {
  await using training = await trainingCase(inSearch({ started_at: 5000 - 60_000, minutes: 1 }));

  await training.handle(finishJob, finished);

  expect(await training.trials()).toHaveLength(4);
  expect(JSON.parse((await training.job()).result ?? '')).toMatchObject({ champion: 1, trials: { succeeded: 4 } });
});

test('a cancel between two rounds ends the job, and no other round is asked for', async () => {
  await using training = await trainingCase(inSearch());
  const finish = await training.begin(finishJob, finished);

  await training.handle(cancelJob, { jobId: 'job_1', kind: 'training' });

  expect(await training.commit(finish)).toEqual([]);
  expect(await training.trials()).toHaveLength(4);
});

test('a cancel after a round was asked for ends its trials before they begin', async () => {
  await using training = await trainingCase(inSearch());
  await training.handle(finishJob, finished);

  await training.handle(cancelJob, { jobId: 'job_1', kind: 'training' });

  const asked = (await training.trials()).slice(4);
  expect(asked.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
});
