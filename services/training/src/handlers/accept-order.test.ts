import { expect, test } from '@jest/globals';
import { automationCase, runRow, stepRow, trainStep } from '../../test/automation-case.ts';
import { acceptOrder, cancelStep } from './accept-order.ts';
import { cancelJob } from './cancel-job.ts';
import { failJob } from './fail-job.ts';

const running = { status: 'running' } as const;
const order = { jobId: 'step_1', runId: 'run_1', datasetId: 'ds_1' };

test('an ordered training is a job like others, under the id that was given', async () => {
  await using training = await automationCase({ datasets: [{}], jobs: [runRow([trainStep], running)] });

  const messages = await training.handle(acceptOrder, order);

  expect(messages).toMatchObject([{ type: 'training.requested', body: { jobId: 'step_1' } }]);
  const job = await training.job('step_1');
  expect(job).toMatchObject({ kind: 'training', parent_id: 'run_1', model: 'm', dataset_id: 'ds_1', status: 'queued' });
  expect(JSON.parse(job.request)).toMatchObject({ target: 'z', candidates: [{ algorithm: 'baseline' }] });
});

test.each([
  ['a dataset that was deleted', [], [trainStep], 'dataset-not-found'],
  ['another tenant’s dataset', [{ tenant_id: 't2' }], [trainStep], 'dataset-not-found'],
  ['a target that the dataset does not have', [{}], [{ ...trainStep, target: 'w' }], 'target-missing'],
] as const)('of %s the training is a job that has failed', async (_, datasets, then, code) => {
  await using training = await automationCase({ datasets, jobs: [runRow([...then], running)] });

  const messages = await training.handle(acceptOrder, order);

  expect(messages).toMatchObject([
    { type: 'training.finished', id: 'step_1:finished', body: { jobId: 'step_1', status: 'failed' } },
  ]);
  expect(await training.job('step_1')).toMatchObject({ status: 'failed', error_code: code, parent_id: 'run_1' });
});

test('a run that was cancelled meanwhile has no training any more', async () => {
  await using training = await automationCase({ datasets: [{}], jobs: [runRow([trainStep], { status: 'cancelled' })] });

  expect(await training.handle(acceptOrder, order)).toEqual([]);
});

test('an order that died leaves a step that has failed; one whose job is there leaves it alone', async () => {
  await using training = await automationCase({ jobs: [runRow([trainStep], running), stepRow({ id: 'step_2' })] });
  const died = { ...order, reasons: ['the disk is full'] };

  const messages = await training.handle(failJob, died);

  expect(messages).toMatchObject([{ type: 'training.finished', body: { jobId: 'step_1', status: 'failed' } }]);
  expect(await training.job('step_1')).toMatchObject({ error_code: 'step-failed', error_detail: 'the disk is full' });
});

test('a run that is cancelled ends, and then the training under way, and no other', async () => {
  await using training = await automationCase({
    jobs: [
      runRow([trainStep], running),
      stepRow(running),
      stepRow({ id: 'step_0', status: 'succeeded' }),
      stepRow({ id: 'other', parent_id: 'run_2', status: 'running' }),
    ],
  });

  const cancelled = await training.handle(cancelJob, { jobId: 'run_1', kind: 'automation' });
  const ends = await training.handle(cancelStep, { jobId: 'run_1', status: 'cancelled' });

  expect(cancelled).toMatchObject([
    { type: 'automation.finished', id: 'run_1:finished', body: { status: 'cancelled' } },
  ]);
  expect(ends).toMatchObject([{ type: 'training.finished', id: 'step_1:finished', body: { status: 'cancelled' } }]);
  const states = ['run_1', 'step_1', 'step_0', 'other'].map(async (id) => (await training.job(id)).status);
  expect(await Promise.all(states)).toEqual(['cancelled', 'cancelled', 'succeeded', 'running']);
});
