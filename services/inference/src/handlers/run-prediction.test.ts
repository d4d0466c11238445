import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { batchCase, plan } from '../../test/batch-case.ts';
import { cancelPrediction, failOnRejected, failPrediction, finishPrediction } from './finish-prediction.ts';
import { runPrediction } from './run-prediction.ts';

const asked = { jobId: 'job_1' };
const ready = { datasetId: 'ds_2', name: 'plane-predictions', rows: 20, columns: 4 };

test('a table is written with its predictions and handed to ingest, with its lineage', async () => {
  await using batch = await batchCase();

  const messages = await batch.handle(runPrediction, asked);

  const [key = ''] = await batch.keys();
  expect(messages).toEqual([
    {
      type: 'predictions.derived',
      body: {
        datasetId: 'ds_2',
        name: 'plane-predictions',
        key,
        parents: ['ds_1'],
        recipe: { datasetId: 'ds_1', model: 'm', version: 2, jobId: 'job_1' },
        roles: {},
      },
    },
  ]);
  const rows = await batch.rows(key);
  expect(rows).toHaveLength(20);
  for (const [row, { x, y, note, prediction }] of rows.entries()) {
    expect([x, y, note]).toEqual([row, row % 4, `note ${row}`]);
    expect(prediction).toBeCloseTo(row + (row % 4) + 20, 9);
  }
  expect(await batch.job()).toMatchObject({ status: 'running', started_at: 1000, progress: 0.5 });
  expect(await batch.predictions()).toMatchObject([{ dataset_id: 'ds_2', source_id: 'ds_1', model: 'm', version: 2 }]);
  expect(await readdir(batch.deps.workFolder)).toEqual([]);
});

test('an interval adds its ends', async () => {
  const interval = { coverage: 0.8, lower: 'lower', upper: 'upper' };
  await using batch = await batchCase({ job: { plan: JSON.stringify({ ...plan, interval }) } });

  await batch.handle(runPrediction, asked);

  const rows = await batch.rows((await batch.keys())[0] ?? '');
  expect(rows).toHaveLength(20);
  for (const { prediction, lower, upper } of rows) {
    expect(lower).toBeCloseTo(Number(prediction) - 2, 9);
    expect(upper).toBeCloseTo(Number(prediction) + 2, 9);
  }
});

test('two deliveries at once hand over two tables under keys of their own, and one line of predictions', async () => {
  await using batch = await batchCase();
  const commits = [await batch.begin(runPrediction, asked), await batch.begin(runPrediction, asked)];

  for (const commit of commits) await batch.commit(commit);

  expect(new Set(await batch.keys()).size).toBe(2);
  expect(await batch.predictions()).toHaveLength(1);
});

test('with its table registered the job has succeeded', async () => {
  await using batch = await batchCase({
    job: { status: 'running', progress: 0.5 },
    datasets: [{ id: 'ds_1' }, { id: 'ds_2' }],
  });

  const messages = await batch.handle(finishPrediction, ready, asked);

  expect(messages).toMatchObject([{ id: 'job_1:finished', body: { status: 'succeeded' } }]);
  const job = await batch.job();
  expect(job).toMatchObject({ status: 'succeeded', progress: 1 });
  expect(JSON.parse(job.result ?? '')).toEqual({
    datasetId: 'ds_2',
    model: 'm',
    version: 2,
    rows: 100,
    predictionColumn: 'prediction',
    probabilityColumns: [],
  });
  expect(await batch.handle(finishPrediction, ready, asked)).toEqual([]);
});

test('a table that ingest rejects fails the job', async () => {
  await using batch = await batchCase({
    job: { status: 'running', progress: 0.5 },
    datasets: [{ id: 'ds_2', ...{ status: 'rejected' } }],
  });
  const rejected = { datasetId: 'ds_2', name: 'plane-predictions', reason: 'too-many-rows' };

  await batch.handle(failOnRejected, rejected, asked);

  expect(await batch.job()).toMatchObject({ status: 'failed', error_code: 'output-rejected' });
});

test('a cancel while it works: nothing is handed over', async () => {
  await using batch = await batchCase();
  const commit = await batch.begin(runPrediction, asked);

  const cancelled = await batch.handle(cancelPrediction, { jobId: 'job_1', kind: 'batch-prediction' as const });

  expect(cancelled).toMatchObject([{ id: 'job_1:finished', body: { status: 'cancelled' } }]);
  expect(await batch.commit(commit)).toEqual([]);
  expect(await batch.predictions()).toEqual([]);
});

test('a cancel of another job is not this service’s to act on', async () => {
  await using batch = await batchCase();
  expect(await batch.handle(cancelPrediction, { jobId: 'job_1', kind: 'training' as const })).toEqual([]);
  expect((await batch.job()).status).toBe('queued');
});

test.each(['succeeded', 'failed', 'cancelled'] as const)('a job that has %s is not begun', async (status) => {
  await using batch = await batchCase({ job: { status } });
  expect(await batch.handle(runPrediction, asked)).toEqual([]);
  expect(await batch.keys()).toEqual([]);
});

test.each<[string, Parameters<typeof batchCase>[0], string]>([
  ['a dataset that was deleted', { datasets: [] }, 'dataset-not-found'],
  ['a dataset of another tenant', { datasets: [{ id: 'ds_1', tenant_id: 't2' }] }, 'dataset-not-found'],
  ['a version that was deleted', { job: { plan: '{"version": 7}' } }, 'version-not-found'],
  ['text where the model takes numbers', { csv: 'x,y\nfar,1\nnear,2\n' }, 'column-type-mismatch'],
])('%s fails the job, and no file stays', async (_, options, code) => {
  const text = { name: 'x', kind: 'categorical', nullable: false };
  await using batch = await batchCase(options);
  if (options?.csv !== undefined) {
    const plan = JSON.parse((await batch.job()).plan ?? '');
    const changed = JSON.stringify({ ...plan, inputs: [text, plan.inputs[1]] });
    await batch.database.transact((tx) => tx.updateTable('jobs').set({ plan: changed }).execute());
  }

  await batch.handle(runPrediction, asked);

  expect(await batch.job()).toMatchObject({ status: 'failed', error_code: code });
  expect(await readdir(batch.deps.workFolder)).toEqual([]);
  expect(await batch.keys()).toEqual([]);
});

test('a lost lease ends the work, and no file stays', async () => {
  await using batch = await batchCase();
  const signal = AbortSignal.abort(new Error('the lease was lost'));

  await expect(batch.begin(runPrediction, asked, { signal })).rejects.toThrow('the lease was lost');
  expect(await readdir(batch.deps.workFolder)).toEqual([]);
});

test('a damaged artifact fails the attempt, and no file stays', async () => {
  await using batch = await batchCase();
  await batch.store.put('models/t1/trial_2/at_1.tar.gz', new Uint8Array([1, 2, 3]));

  await batch.handle(runPrediction, asked);

  expect(await batch.job()).toMatchObject({ status: 'failed', error_code: expect.stringMatching(/^model|artifact/) });
  expect(await readdir(batch.deps.workFolder)).toEqual([]);
});

const dead = { jobId: 'job_1', reasons: ['attempt 5: x'] };

test('a batch prediction that died fails with the last reason', async () => {
  await using batch = await batchCase({ job: { status: 'running' } });
  await batch.handle(failPrediction, dead);
  expect(await batch.job()).toMatchObject({ status: 'failed', error_detail: 'attempt 5: x' });
});

test('one whose table is handed over goes on', async () => {
  await using batch = await batchCase({ job: { status: 'running', progress: 0.5 } });
  expect(await batch.handle(failPrediction, dead)).toEqual([]);
  expect((await batch.job()).status).toBe('running');
});
