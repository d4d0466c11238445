import { readdir } from 'node:fs/promises';
import { sampleKey, startFred } from '@bellwether/testkit/fred';
import { expect, test } from '@jest/globals';
import { enrichmentCase, split } from '../../test/enrichment-case.ts';
import { createFredClient } from '../series/fred-client.ts';
import { deriveDatasets } from './derive-datasets.ts';
import { cancelEnrichment, failEnrichment } from './end-enrichment.ts';

const asked = { jobId: 'job_1' };

test('a split writes its three outputs and hands each to ingest', async () => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [split] });
  await enrichment.storeTable();

  const messages = await enrichment.handle(deriveDatasets, asked);

  const keys = await enrichment.keys('derived/t1/');
  expect(messages.map(({ type, body }) => [type, body])).toEqual(
    ['train', 'test', 'actuals'].map((part, index) => [
      'dataset.derived',
      expect.objectContaining({
        datasetId: `ds_${index + 2}`,
        name: `plane-${part}`,
        key: keys[index],
        parents: ['ds_1'],
        recipe: { split: {}, steps: [], notes: [], jobId: 'job_1', part },
      }),
    ]),
  );
  expect(await enrichment.job()).toMatchObject({ status: 'running', started_at: 5000, progress: 0.5 });
  expect(await readdir(enrichment.deps.workFolder)).toEqual([]);
});

test('a cancel while it works: nothing is handed over', async () => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [split] });
  await enrichment.storeTable();
  const commit = await enrichment.begin(deriveDatasets, asked);

  const cancelled = await enrichment.handle(cancelEnrichment, { jobId: 'job_1', kind: 'enrichment' as const });

  expect(cancelled).toMatchObject([{ id: 'job_1:finished', body: { status: 'cancelled' } }]);
  expect(await enrichment.commit(commit)).toEqual([]);
  expect((await enrichment.job()).status).toBe('cancelled');
});

test.each(['succeeded', 'failed', 'cancelled'] as const)('a job that has %s is not begun', async (status) => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [{ ...split, status }] });

  expect(await enrichment.handle(deriveDatasets, asked)).toEqual([]);
  expect((await enrichment.job()).status).toBe(status);
});

test.each([
  ['that was deleted', []],
  ['of another tenant', [{ tenant_id: 't2' }]],
])('a dataset %s fails the job', async (_, datasets) => {
  await using enrichment = await enrichmentCase({ datasets, jobs: [split] });

  await enrichment.handle(deriveDatasets, asked);

  expect(await enrichment.job()).toMatchObject({ status: 'failed', error_code: 'dataset-not-found' });
});

test('what the data do not allow fails the job, and no file stays', async () => {
  const plan = JSON.parse(split.plan);
  await using enrichment = await enrichmentCase({
    datasets: [{}],
    jobs: [{ ...split, plan: JSON.stringify({ ...plan, split: { ...plan.split, target: 'nowhere' } }) }],
  });
  await enrichment.storeTable();

  await enrichment.handle(deriveDatasets, asked);

  expect(await enrichment.job()).toMatchObject({ status: 'failed', error_code: 'derivation-failed' });
  expect(await readdir(enrichment.deps.workFolder)).toEqual([]);
  expect(await enrichment.keys('derived/')).toEqual([]);
});

test('a store that refuses an output: the job is tried again, and no file stays', async () => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [split] }, (store) => ({
    putFile: async (key, path) => {
      if (key.includes('ds_3')) throw new Error('the disk is full');
      return await store.putFile(key, path);
    },
  }));
  await enrichment.storeTable();

  await expect(enrichment.begin(deriveDatasets, asked)).rejects.toThrow('the disk is full');
  expect((await enrichment.job()).status).toBe('running');
  expect(await readdir(enrichment.deps.workFolder)).toEqual([]);
});

test('a lost lease ends the work, and no file stays', async () => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [split] });
  await enrichment.storeTable();
  const signal = AbortSignal.abort(new Error('the lease was lost'));

  await expect(enrichment.begin(deriveDatasets, asked, { signal })).rejects.toThrow('the lease was lost');
  expect(await readdir(enrichment.deps.workFolder)).toEqual([]);
});

const dead = { jobId: 'job_1', reasons: ['attempt 5: x'] };

test('an enrichment that died fails with the last reason', async () => {
  await using enrichment = await enrichmentCase({ jobs: [split] });

  await enrichment.handle(failEnrichment, dead);

  expect(await enrichment.job()).toMatchObject({
    status: 'failed',
    error_code: 'enrichment-failed',
    error_detail: 'attempt 5: x',
  });
});

test('an enrichment that handed its outputs over goes on, though its message died afterwards', async () => {
  await using enrichment = await enrichmentCase({ jobs: [{ ...split, status: 'running', progress: 0.5 }] });

  expect(await enrichment.handle(failEnrichment, dead)).toEqual([]);
  expect((await enrichment.job()).status).toBe('running');
});

test('a cancel of a training is not ours', async () => {
  await using enrichment = await enrichmentCase({ jobs: [{}] });

  expect(await enrichment.handle(cancelEnrichment, { jobId: 'job_1', kind: 'training' as const })).toEqual([]);
});

const macro = {
  kind: 'enrichment',
  request: '{}',
  plan: JSON.stringify({
    steps: [{ kind: 'macro', series: [{ id: 'UNRATE', transform: 'level' }], date: 'when', asOf: 'observation' }],
    outputs: [{ part: 'enriched', datasetId: 'ds_2', name: 'plane', roles: {} }],
  }),
} as const;
const dated = JSON.stringify([{ name: 'when', kind: 'timestamp', nullable: false }]);

test('a source of series that is down is waited for: the message is tried again', async () => {
  const down = createFredClient({
    baseUrl: 'http://127.0.0.1:9/fred',
    apiKey: 'x',
    takeTurn: async () => undefined,
    retries: 0,
  });
  await using enrichment = await enrichmentCase({ datasets: [{ schema: dated }], jobs: [macro] }, undefined, down);
  await enrichment.storeTable();

  await expect(enrichment.begin(deriveDatasets, asked)).rejects.toMatchObject({ code: 'fred-unavailable' });
  expect((await enrichment.job()).status).toBe('running');
});

test('a series that is gone fails the job, and says how to find one', async () => {
  await using fred = await startFred();
  const client = createFredClient({ baseUrl: fred.url, apiKey: sampleKey, takeTurn: async () => undefined });
  const plan = macro.plan.replace('UNRATE', 'GONE');
  await using enrichment = await enrichmentCase(
    { datasets: [{ schema: dated }], jobs: [{ ...macro, plan }] },
    undefined,
    client,
  );
  await enrichment.storeTable();

  await enrichment.handle(deriveDatasets, asked);

  expect(await enrichment.job()).toMatchObject({
    status: 'failed',
    error_code: 'series-not-found',
    error_detail: expect.stringContaining('GET /v1/series'),
  });
  expect(await readdir(enrichment.deps.workFolder)).toEqual([]);
});
