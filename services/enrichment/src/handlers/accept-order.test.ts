import type { JobTable } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { enrichmentCase } from '../../test/enrichment-case.ts';
import { acceptOrder, cancelStep } from './accept-order.ts';
import { failEnrichment } from './end-enrichment.ts';

/** A run whose first step is this enrichment. */
const run = (step: object, change: Partial<JobTable> = {}): Partial<JobTable> => ({
  id: 'run_1',
  kind: 'automation',
  status: 'running',
  request: `{"then":[${JSON.stringify({ kind: 'enrich', ...step })}]}`,
  ...change,
});
const split = { split: { target: 'z' } };
const order = { jobId: 'step_1', runId: 'run_1', datasetId: 'ds_1' };

const stepOf = (enrichment: Awaited<ReturnType<typeof enrichmentCase>>) =>
  enrichment.database.read.selectFrom('jobs').selectAll().where('id', '=', 'step_1').executeTakeFirstOrThrow();

test('an ordered enrichment is a job like others, under the id that was given', async () => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [run(split)] });

  const messages = await enrichment.handle(acceptOrder, order);

  expect(messages).toMatchObject([{ type: 'enrichment.requested', body: { jobId: 'step_1' } }]);
  const job = await stepOf(enrichment);
  expect(job).toMatchObject({ kind: 'enrichment', status: 'queued', parent_id: 'run_1', dataset_id: 'ds_1' });
  expect(JSON.parse(job.request)).toEqual({ steps: [], split: { target: 'z', testFraction: 0.2, seed: 0 } });
});

test.each([
  ['of a dataset that was deleted', [], split, 'dataset-not-found'],
  ['of another tenant’s dataset', [{ tenant_id: 't2' }], split, 'dataset-not-found'],
  ['by a column that is not there', [{}], { split: { target: 'w' } }, 'column-missing'],
])('%s the enrichment is a job that has failed', async (_, datasets, step, code) => {
  await using enrichment = await enrichmentCase({ datasets, jobs: [run(step)] });

  const messages = await enrichment.handle(acceptOrder, order);

  expect(messages).toMatchObject([{ id: 'step_1:finished', body: { jobId: 'step_1', status: 'failed' } }]);
  expect(await stepOf(enrichment)).toMatchObject({ status: 'failed', error_code: code, parent_id: 'run_1' });
});

test('a run that was cancelled meanwhile has no enrichment any more', async () => {
  await using enrichment = await enrichmentCase({ datasets: [{}], jobs: [run(split, { status: 'cancelled' })] });

  expect(await enrichment.handle(acceptOrder, order)).toEqual([]);
});

test('an order that died leaves a step that has failed', async () => {
  await using enrichment = await enrichmentCase({ jobs: [run(split)] });

  const messages = await enrichment.handle(failEnrichment, { ...order, reasons: ['the disk is full'] });

  expect(messages).toMatchObject([{ id: 'step_1:finished', body: { status: 'failed' } }]);
  expect(await stepOf(enrichment)).toMatchObject({ error_code: 'step-failed', error_detail: 'the disk is full' });
});

test('with its run an enrichment under way ends', async () => {
  const step = { id: 'step_1', kind: 'enrichment', parent_id: 'run_1', status: 'running' } as const;
  await using enrichment = await enrichmentCase({ jobs: [run(split), step] });

  const messages = await enrichment.handle(cancelStep, { jobId: 'run_1', status: 'cancelled' as const });

  expect(messages).toMatchObject([{ id: 'step_1:finished', body: { status: 'cancelled' } }]);
});
