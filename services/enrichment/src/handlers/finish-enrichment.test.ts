import type { Rows } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { enrichmentCase, split } from '../../test/enrichment-case.ts';
import { settleEnrichments } from '../jobs/settle-enrichments.ts';
import { cancelEnrichment } from './end-enrichment.ts';
import { failOnRejected, finishEnrichment } from './finish-enrichment.ts';

const job = { ...split, status: 'running', progress: 0.5, started_at: 2000 } as const;
const ready = { datasetId: 'ds_2', name: 'plane-train', rows: 16, columns: 3 };
const rejected = { datasetId: 'ds_2', name: 'plane-train', reason: 'too-few-rows: none' };
const ours = { jobId: 'job_1' };
const outputs = (...ids: number[]): Rows => ({ jobs: [job], datasets: ids.map((id) => ({ id: `ds_${id}` })) });

test('before the last output the job’s progress rises', async () => {
  await using enrichment = await enrichmentCase(outputs(2));

  expect(await enrichment.handle(finishEnrichment, ready, ours)).toEqual([]);
  expect((await enrichment.job()).progress).toBeCloseTo(2 / 3);
});

test('with the last output the job has succeeded, and names them all', async () => {
  await using enrichment = await enrichmentCase(outputs(2, 3, 4));

  const messages = await enrichment.handle(finishEnrichment, ready, ours);

  expect(messages).toMatchObject([{ id: 'job_1:finished', body: { status: 'succeeded' } }]);
  const ended = await enrichment.job();
  expect(ended).toMatchObject({ status: 'succeeded', progress: 1 });
  expect(JSON.parse(ended.result ?? '')).toEqual({ datasets: { train: 'ds_2', test: 'ds_3', actuals: 'ds_4' } });
});

test('of two last outputs at once one ends the job', async () => {
  await using enrichment = await enrichmentCase(outputs(2, 3, 4));
  const first = await enrichment.begin(finishEnrichment, ready, ours);
  const second = await enrichment.begin(finishEnrichment, { ...ready, datasetId: 'ds_3' }, ours);

  expect(await enrichment.commit(second)).toHaveLength(1);
  expect(await enrichment.commit(first)).toEqual([]);
});

test('a rejected output fails the job with its reason', async () => {
  await using enrichment = await enrichmentCase(outputs());

  await enrichment.handle(failOnRejected, rejected, ours);

  expect(await enrichment.job()).toMatchObject({
    status: 'failed',
    error_code: 'output-rejected',
    error_detail: 'Output plane-train was rejected: too-few-rows: none',
  });
});

test.each([['cancel first'], ['finish first']])('a cancel that races with the last output, %s', async (order) => {
  await using enrichment = await enrichmentCase(outputs(2, 3, 4));
  const finish = await enrichment.begin(finishEnrichment, ready, ours);
  const cancel = await enrichment.begin(cancelEnrichment, { jobId: 'job_1', kind: 'enrichment' as const });
  const cancelled = order === 'cancel first';

  const messages = [];
  for (const commit of cancelled ? [cancel, finish] : [finish, cancel]) {
    messages.push(...(await enrichment.commit(commit)));
  }

  expect(messages).toMatchObject([{ body: { status: cancelled ? 'cancelled' : 'succeeded' } }]);
});

test.each([
  ['of no job', {}],
  ['of another service’s job', ours],
])('a dataset %s is none of ours', async (_, change) => {
  await using enrichment = await enrichmentCase({ jobs: [{ status: 'running', plan: '{}' }] });

  expect(await enrichment.handle(finishEnrichment, ready, change)).toEqual([]);
  expect(await enrichment.handle(failOnRejected, rejected, change)).toEqual([]);
  expect((await enrichment.job()).status).toBe('running');
});

test('by the clock: a job whose outputs are all there ends, though no message came', async () => {
  await using enrichment = await enrichmentCase(outputs(2, 3, 4));

  await settleEnrichments(enrichment.deps);

  expect((await enrichment.job()).status).toBe('succeeded');
});

test('by the clock: a job with a rejected output fails, though no message came', async () => {
  await using enrichment = await enrichmentCase({ jobs: [job], datasets: [{ id: 'ds_3', status: 'rejected' }] });

  await settleEnrichments(enrichment.deps);

  expect(await enrichment.job()).toMatchObject({ status: 'failed', error_code: 'output-rejected' });
});

test('by the clock: outputs that are not registered yet are waited for, but not for ever', async () => {
  await using enrichment = await enrichmentCase(outputs(2));

  await settleEnrichments(enrichment.deps);
  const waiting = (await enrichment.job()).status;
  await settleEnrichments({ ...enrichment.deps, now: () => 16 * 86_400_000 });

  expect(waiting).toBe('running');
  expect(await enrichment.job()).toMatchObject({ status: 'failed', error_code: 'output-lost' });
});
