import type { Job } from '@bellwether/contracts';
import { trialsOf } from '@bellwether/database';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { oneProcess } from './crash/one-process.ts';
import { clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { numbers, planeCsv } from './platform/tables.ts';

const search = (algorithm: string, trials: number) => ({ candidates: [{ algorithm, search: { trials } }], seed: 7 });

/** Noise: an SVM makes most rows support vectors, and is at it for a while. */
function noiseCsv(rows: number): string {
  const next = numbers(3);
  return ['x,y,z', ...Array.from({ length: rows }, () => `${next()},${next()},${next()}`), ''].join('\n');
}

/** Everything that a search decided, in the order of its plan. */
async function trialsWith(workers: number) {
  await using started = await startPlatform({ env: { TRIAL_WORKERS: String(workers) } });
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(90));
  const job = await user.train('plane', { datasetId: dataset.id, ...search('svm', 11) });
  const rows = await trialsOf(started.platform.database.read, job.id);
  return rows.map(({ position, algorithm, hyperparameters, seed, log_target, prune_above, status, validation }) => ({
    position,
    algorithm,
    hyperparameters,
    seed,
    log_target,
    prune_above,
    status,
    validation,
  }));
}

test('the same seed gives the same trials and the same scores, whether one worker runs them or two', async () => {
  const one = await trialsWith(1);

  expect(one.filter(({ algorithm }) => algorithm === 'svm')).toHaveLength(11);
  expect(new Set(one.map(({ hyperparameters }) => hyperparameters)).size).toBeGreaterThan(10);
  expect(await trialsWith(2)).toEqual(one);
}, 60_000);

test('a search on the best of which a champion answers, with versions that say how they came to be', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(120));
  const job = await user.train('plane', { datasetId: dataset.id, ...search('linear', 6) });
  const versions = await user.leaderboard('plane');
  const champion = versions.find((version) => version.champion);

  expect(job).toMatchObject({ status: 'succeeded', progress: 1, result: { trials: { failed: 0 } } });
  const scores = versions.map(({ validationMetrics }) => validationMetrics?.rmse ?? Number.POSITIVE_INFINITY);
  expect(champion?.validationMetrics?.rmse).toBe(Math.min(...scores));
  expect(champion).toMatchObject({ algorithm: 'linear', datasetId: dataset.id, backend: 'local', tags: {} });
  expect(job.result?.reason).toMatch(/linear has the best rmse on validation/);
});

test('when its minutes are over, what runs is stopped and the job ends with the best of what has ended', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('noise', noiseCsv(6000));
  const candidates = [{ algorithm: 'linear' }, { algorithm: 'svm', hyperparameters: { C: 1000, epsilon: 0 } }];
  const job = await user.train('noise', { datasetId: dataset.id, candidates, budget: { minutes: 0.1 } });
  const trials = await trialsOf(started.platform.database.read, job.id);

  expect(job).toMatchObject({ status: 'succeeded', progress: 1, result: { promoted: true } });
  const stopped = trials.filter(({ algorithm, status }) => algorithm === 'svm' && status === 'pruned');
  expect(stopped.length).toBeGreaterThan(0);
  expect(stopped.every(({ error }) => error?.startsWith('budget-spent'))).toBe(true);
}, 60_000);

test('a cancelled search stops what runs, and leaves its workers to others', async () => {
  await using started = await startPlatform({ env: { TRIAL_WORKERS: '1' } });
  const user = clientOf(started.url, 'u1');
  const [slow, quick] = [await user.upload('noise', noiseCsv(6000)), await user.upload('plane', planeCsv(60))];
  const { body } = await user.call<{ job: Job }>('POST', '/v1/models/noise/training-jobs', {
    datasetId: slow.id,
    candidates: [{ algorithm: 'svm', hyperparameters: { C: 1000, epsilon: 0 }, search: { trials: 4 } }],
  });
  const { read } = started.platform.database;
  const statuses = async () =>
    (await trialsOf(read, body.job.id)).map(({ algorithm, status }) => `${algorithm} ${status}`);
  await eventually('an SVM runs', async () => (await statuses()).includes('svm running'));

  await user.call('POST', `/v1/jobs/${body.job.id}/cancel`);
  const job = await user.finished(body.job.id);
  // There is one worker: unless it was stopped, nothing else could be trained.
  const next = await user.train('plane', { datasetId: quick.id, candidates: [{ algorithm: 'linear' }] });

  expect(job.status).toBe('cancelled');
  expect((await statuses()).filter((status) => status.startsWith('svm'))).toEqual(Array(4).fill('svm cancelled'));
  expect(next.status).toBe('succeeded');
}, 60_000);

test('a process that is killed in the middle of a search loses what ran, and nothing that had ended', async () => {
  using folder = temporaryFolder();
  await using platform = oneProcess(folder.path, 18_083);
  const [server] = platform.processes;
  if (server === undefined) throw new Error('there is no process');
  await server.start();
  try {
    const user = clientOf(platform.url, 'u1');
    const dataset = await user.upload('noise', noiseCsv(400));
    const { body } = await user.call<{ job: Job }>('POST', '/v1/models/noise/training-jobs', {
      datasetId: dataset.id,
      ...search('svm', 9),
    });
    const versions = () => user.leaderboard('noise', '?sort=rmse');
    await eventually('some trials have ended', async () => (await versions().catch(() => []))?.length > 2, 60_000);
    const before = await versions();
    await server.kill();
    await server.start();
    const job = await user.finished(body.job.id);
    const after = await versions();

    expect(job).toMatchObject({ status: 'succeeded' });
    const kept = after.filter(({ trialId }) => before.some((version) => version.trialId === trialId));
    const unmarked = (list: typeof after) =>
      list.map(({ champion: _, ...version }) => version).toSorted((a, b) => a.version - b.version);
    expect(unmarked(kept)).toEqual(unmarked(before));
    const { succeeded, pruned, failed } = (job.result?.trials ?? {}) as Record<string, number>;
    // Nine and a baseline, each once.
    expect([Number(succeeded) + Number(pruned), failed, after.length]).toEqual([10, 0, succeeded]);
    expect(new Set(after.map(({ trialId }) => trialId)).size).toBe(after.length);
  } finally {
    await server.stop();
  }
}, 120_000);

test('a version is tagged and deleted over HTTP, and a model with its versions', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(60));
  const trained = await user.train('plane', { datasetId: dataset.id, candidates: [{ algorithm: 'linear' }] });
  const champion = trained.result?.champion as number;
  const at = (version: number) => `/v1/models/plane/versions/${version}`;

  const tagged = await user.call('PUT', `${at(champion)}/tags`, { tags: { stage: 'live' } });
  const refused = await user.refusal('DELETE', at(champion));
  const deleted = await user.call('DELETE', at(3 - champion));
  const model = await user.call('DELETE', '/v1/models/plane');
  const gone = await user.refusal('POST', '/v1/models/plane/predictions', {
    instances: [[1, 2]],
    version: 3 - champion,
  });

  expect(tagged).toMatchObject({ status: 200, body: { tags: { stage: 'live' }, champion: true } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'version-is-champion' } });
  expect([deleted.status, model.status]).toEqual([204, 204]);
  expect(gone.status).toBe(404);
});
