import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Job, JobEvent } from '@bellwether/contracts';
import { sampleOrdersCsv } from '@bellwether/datasets';
import { algorithms } from '@bellwether/learning';
import { expect, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { planeCsv } from './platform/tables.ts';

const iris = await readFile(new URL('../samples/iris.npy', import.meta.url));

test('the shell client’s way: presigned URL, upload, train, prediction', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const untrained = await user.refusal('POST', '/prediction', { userID: 'u1', array: [6.5, 2.8, 4.6, 1.5] });

  const presigned = await user.call<{ url: string; datasetId: string; upload: { headers: Record<string, string> } }>(
    'POST',
    '/pre-signed-s3-url',
    { userID: 'u1' },
  );
  await user.put({ url: presigned.body.url, headers: presigned.body.upload.headers }, iris);
  const trained = await user.call<{ job: Job }>('POST', '/train', { userID: 'u1' });
  const job = await user.finished(trained.body.job.id);
  const predicted = await user.call('POST', '/prediction', { userID: 'u1', array: [6.5, 2.8, 4.6, 1.5] });
  const short = await user.refusal('POST', '/prediction', { userID: 'u1', array: [6.5, 2.8] });

  expect(untrained).toMatchObject({ status: 409, body: { code: 'model-not-trained' } });
  expect(trained.status).toBe(202);
  expect(job).toMatchObject({ status: 'succeeded', result: { task: 'classification', promoted: true } });
  expect(predicted).toEqual({
    status: 200,
    body: { prediction: 1, model: 'default', version: (job.result as { champion: number }).champion },
  });
  expect(short.status).toBe(422);
  expect(short.body.detail).toMatch(/4/);
});

test('a CSV with categories and missing values: leaderboard, champion above the baseline, predictions by name', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');

  const dataset = await user.upload('orders', sampleOrdersCsv(1500, 7), { roles: { target: 'amount' } });
  expect(dataset.status).toBe('ready');
  const job = await user.train('orders', { datasetId: dataset.id });
  const versions = await user.leaderboard('orders');
  const champion = versions.find((version) => version.champion);
  const instance = Object.fromEntries((champion?.inputs ?? []).map(({ name }) => [name, null]));
  const predicted = await user.call<{ predictions: number[]; version: number }>(
    'POST',
    '/v1/models/orders/predictions',
    { instances: [instance, instance] },
  );

  expect(job.status).toBe('succeeded');
  expect(versions.map(({ algorithm }) => algorithm).toSorted()).toEqual(Object.keys(algorithms).toSorted());
  // The job chooses on validation; the held-out rows have no say in it.
  const validation = versions.map(({ validationMetrics }) => validationMetrics?.rmse ?? Number.POSITIVE_INFINITY);
  expect(champion?.validationMetrics?.rmse).toBe(Math.min(...validation));
  const place = (algorithm?: string) => versions.findIndex((version) => version.algorithm === algorithm);
  expect(place(champion?.algorithm)).toBeLessThan(place('baseline'));
  expect(predicted.body.version).toBe(champion?.version);
  expect(predicted.body.predictions).toHaveLength(2);
  expect(predicted.body.predictions.every(Number.isFinite)).toBe(true);
});

test('a job’s timeline is a list, and a stream that ends with the job', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(100));
  const accepted = await user.call<{ job: Job }>('POST', '/v1/models/plane/training-jobs', { datasetId: dataset.id });

  const { id } = accepted.body.job;
  const response = await fetch(`${started.url}/v1/jobs/${id}/events`, {
    headers: { accept: 'text/event-stream', 'x-user-id': 'u1' },
  });
  const streamed = [...(await response.text()).matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
  const { body } = await user.call<{ events: JobEvent[]; job: Job }>('GET', `/v1/jobs/${id}/events`);

  const types = body.events.map(({ type }) => type);
  expect(streamed.filter((type) => type !== 'job')).toEqual(types);
  expect(types.filter((type) => type === 'trial.finished')).toHaveLength(Object.keys(algorithms).length);
  expect(types).toEqual(expect.arrayContaining(['training.requested', 'training.finished', 'champion.promoted']));
  expect(streamed).toContain('job');
  expect(body.job.status).toBe('succeeded');
});

test('a new version must beat the champion on the same held-out rows; a roll back is one request', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(200));
  const linear = { datasetId: dataset.id, candidates: [{ algorithm: 'linear' }] };
  const first = await user.train('plane', linear);
  const second = await user.train('plane', linear);
  // Linear and the baseline run at the same time: either may be the first version.
  const champion = first.result?.champion as number;
  const other = 3 - champion;

  const rolledBack = await user.call<{ champion: number; revision: number }>('PUT', '/v1/models/plane/champion', {
    version: other,
  });
  const stale = await user.refusal('PUT', '/v1/models/plane/champion', { version: 1, revision: 1 });

  expect(first.result).toMatchObject({ promoted: true });
  expect(second.result).toMatchObject({ champion, promoted: false });
  expect(second.result?.reason).toMatch(`version ${champion} stays`);
  expect(rolledBack.body).toMatchObject({ champion: other, revision: 2 });
  expect(stale).toMatchObject({ status: 409, body: { code: 'revision-changed' } });
});

test('a job on a dataset that is not uploaded yet waits for it, and fails with its reason when it is rejected', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const [good, bad] = [await user.announce('good'), await user.announce('bad')];
  const ask = (id: string) =>
    user.call<{ job: Job }>('POST', '/v1/models/m/training-jobs', { datasetId: id, target: 'z' });
  const jobs = [await ask(good.dataset.id), await ask(bad.dataset.id)];

  await user.put(good.upload, planeCsv(60));
  await user.put(bad.upload, 'x,y,x\n1,2,3\n');
  const ends = await Promise.all(jobs.map(({ body }) => user.finished(body.job.id)));

  expect(ends.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(ends[1]?.error).toMatchObject({ code: 'dataset-rejected' });
});

test('a cancelled job ends, and its trials with it', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('orders', sampleOrdersCsv(6000, 3), { roles: { target: 'amount' } });
  const candidates = Array.from({ length: 6 }, (_, index) => ({ algorithm: 'svm', hyperparameters: { C: index + 1 } }));
  const accepted = await user.call<{ job: Job }>('POST', '/v1/models/slow/training-jobs', {
    datasetId: dataset.id,
    candidates,
  });
  const { id } = accepted.body.job;

  const cancelled = await user.call('POST', `/v1/jobs/${id}/cancel`);
  const job = await user.finished(id);
  const again = await user.refusal('POST', `/v1/jobs/${id}/cancel`);

  expect(cancelled.status).toBe(202);
  expect(job).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  expect(again).toMatchObject({ status: 409, body: { code: 'job-ended' } });
  expect((await user.call<{ versions: unknown[] }>('GET', '/v1/models/slow/versions')).body.versions ?? []).toEqual([]);
});

test('a split gives train, test and actuals as datasets with their lineage', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(100), { roles: { target: 'z' } });

  const accepted = await user.call<{ job: Job }>('POST', `/v1/datasets/${dataset.id}/enrichments`, {
    steps: [{ kind: 'select', columns: ['x', 'z'] }],
    split: { testFraction: 0.25 },
  });
  const job = await user.finished(accepted.body.job.id);

  expect(job.status).toBe('succeeded');
  const { datasets } = job.result as { datasets: Record<'train' | 'test' | 'actuals', string> };
  const [train, testPart, actuals] = await Promise.all(
    [datasets.train, datasets.test, datasets.actuals].map((id) => user.settled(id)),
  );
  expect([train?.rows, testPart?.rows, actuals?.rows]).toEqual([75, 25, 25]);
  expect(train?.schema?.map(({ name }) => name)).toEqual(['x', 'z']);
  expect(testPart?.schema?.map(({ name }) => name)).not.toContain('z');
  expect(train).toMatchObject({ name: 'plane-train', parents: [dataset.id], recipe: { part: 'train' } });
});

test('the artifact and the table download by a signed URL', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const dataset = await user.upload('plane', planeCsv(60));
  await user.train('plane', { datasetId: dataset.id, candidates: [{ algorithm: 'linear' }] });
  const get = (path: string) => fetch(started.url + path, { headers: { 'x-user-id': 'u1' } });

  const artifact = await get('/v1/models/plane/versions/1/artifact');
  const table = await get(`/v1/datasets/${dataset.id}/download`);
  const upload = await get(`/v1/datasets/${dataset.id}/download?form=upload`);

  expect(gunzipSync(await artifact.arrayBuffer()).includes('manifest.json')).toBe(true);
  expect((await table.text()).startsWith('PAR1')).toBe(true);
  expect(await upload.text()).toBe(planeCsv(60));
});

test('every request and answer is in the log, without secrets', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  await user.call('GET', '/v1/models');
  await user.refusal('POST', '/prediction', { userID: 'u1', array: [1] });
  await user.announce('logged');

  const { body } = await user.call<{ total: number; requests: { path: string; status: number; response: string }[] }>(
    'GET',
    '/v1/requests',
  );

  expect(body.total).toBe(3);
  expect(body.requests.map(({ path, status }) => [path, status])).toEqual([
    ['/v1/datasets', 201],
    ['/prediction', 409],
    ['/v1/models', 200],
  ]);
  expect(body.requests[0]?.response).toMatch(/signature=\[removed\]/i);
});
