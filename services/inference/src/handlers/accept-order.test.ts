import type { JobTable } from '@bellwether/database';
import { insertRows } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type BatchCase, batchCase } from '../../test/batch-case.ts';
import { acceptOrder, cancelStep } from './accept-order.ts';
import { failPrediction } from './finish-prediction.ts';

const order = { jobId: 'step_1', runId: 'run_1' };

/** A run that ends with this prediction. */
async function orderedCase(step: object, change: Partial<JobTable> = {}): Promise<BatchCase> {
  const batch = await batchCase();
  const request = `{"then":[${JSON.stringify({ kind: 'predict', ...step })}]}`;
  const run = { id: 'run_1', kind: 'automation', status: 'running', request, ...change } as const;
  await insertRows(batch.database, { jobs: [run] });
  return batch;
}

const stepOf = ({ database }: BatchCase) =>
  database.read.selectFrom('jobs').selectAll().where('id', '=', 'step_1').executeTakeFirstOrThrow();

test('an ordered prediction is a job like others, by the champion, under the id that was given', async () => {
  await using batch = await orderedCase({ model: 'm', dataset: 'plane', name: 'mine' });

  const messages = await batch.handle(acceptOrder, order);

  expect(messages).toMatchObject([{ type: 'prediction.requested', body: { jobId: 'step_1' } }]);
  const job = await stepOf(batch);
  expect(job).toMatchObject({ kind: 'batch-prediction', parent_id: 'run_1', dataset_id: 'ds_1', model: 'm' });
  expect(JSON.parse(job.request)).toMatchObject({ datasetId: 'ds_1', name: 'mine' });
});

test('of a name the newest dataset that is ready is predicted, whatever made it', async () => {
  await using batch = await orderedCase({ model: 'm', dataset: 'plane' });
  await insertRows(batch.database, {
    datasets: [
      { id: 'ds_5', upload_key: null, schema: '[{"name":"x","kind":"integer"},{"name":"y","kind":"integer"}]' },
      { id: 'ds_6', status: 'rejected' },
    ],
  });

  await batch.handle(acceptOrder, order);

  expect(await stepOf(batch)).toMatchObject({ dataset_id: 'ds_5' });
});

test.each([
  ['a dataset that is not there', { model: 'm', dataset: 'none' }, 'dataset-not-found'],
  ['a model that is not there', { model: 'none', dataset: 'plane' }, 'model-not-found'],
  ['next periods by a model without items', { model: 'm', periods: 2 }, 'model-without-items'],
])('of %s the prediction is a job that has failed', async (_, step, code) => {
  await using batch = await orderedCase(step);

  const messages = await batch.handle(acceptOrder, order);

  expect(messages).toMatchObject([{ id: 'step_1:finished', body: { jobId: 'step_1', status: 'failed' } }]);
  expect(await stepOf(batch)).toMatchObject({ status: 'failed', error_code: code, parent_id: 'run_1' });
});

test('a run that was cancelled meanwhile has no prediction any more', async () => {
  await using batch = await orderedCase({ model: 'm', dataset: 'plane' }, { status: 'cancelled' });

  expect(await batch.handle(acceptOrder, order)).toEqual([]);
});

test('an order that died leaves a step that has failed', async () => {
  await using batch = await orderedCase({ model: 'm', dataset: 'plane' });

  const messages = await batch.handle(failPrediction, { ...order, reasons: ['the disk is full'] });

  expect(messages).toMatchObject([{ id: 'step_1:finished', body: { status: 'failed' } }]);
  expect(await stepOf(batch)).toMatchObject({ error_code: 'step-failed', error_detail: 'the disk is full' });
});

test('with its run a prediction under way ends', async () => {
  await using batch = await orderedCase({ model: 'm', dataset: 'plane' });
  await batch.handle(acceptOrder, order);

  const messages = await batch.handle(cancelStep, { jobId: 'run_1', status: 'failed' as const });

  expect(messages).toMatchObject([{ id: 'step_1:finished', body: { status: 'cancelled' } }]);
});
