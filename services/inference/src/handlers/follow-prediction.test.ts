import type { Busy, SageMaker, TransformState } from '@bellwether/sagemaker';
import type { Remote } from '@bellwether/sagemaker/remote';
import { expect, test } from '@jest/globals';
import { batchCase, plan } from '../../test/batch-case.ts';
import type { Deps } from '../deps.ts';
import { cancelPrediction, failPrediction } from './finish-prediction.ts';
import { followPrediction } from './follow-prediction.ts';
import { runPrediction } from './run-prediction.ts';

const asked = { jobId: 'job_1' };
const busy: Busy = { kind: 'busy', reason: 'ThrottlingException: Rate exceeded' };
const again = [{ type: 'prediction.submitted', body: asked, delaySeconds: 30 }];

type Batch = Awaited<ReturnType<typeof onSageMaker>>;

/** A running batch prediction on a SageMaker that answers so. */
async function onSageMaker(state: TransformState | Busy, job: object = {}) {
  const there = JSON.stringify({ ...plan, backend: 'sagemaker' });
  const batch = await batchCase({ job: { status: 'running', started_at: 1000, plan: there, ...job } });
  const stopped: string[] = [];
  const sagemaker = {
    describeTransform: async () => state,
    stopTransform: async (name: string) => {
      stopped.push(name);
      return state.kind === 'busy' ? busy : { kind: 'done' };
    },
  } as unknown as SageMaker;
  const remote: Remote = { sagemaker, bucket: 'bucket', store: batch.deps.store, close: async () => undefined };
  const opened: Deps['remote'] = { isConfigured: true, open: async () => remote, close: async () => undefined };
  Object.assign(batch.deps, { remote: opened });
  return { ...batch, stopped };
}

test('a transform job that runs is looked at again later', async () => {
  await using batch = await onSageMaker({ kind: 'running' });

  expect(await batch.handle(followPrediction, asked)).toEqual(again);
});

test.each([
  ['has ended', { kind: 'completed' } as const],
  ['failed', { kind: 'failed', reason: 'why' } as const],
  ['was never asked for', { kind: 'absent' } as const],
  ['cannot be looked at now', busy],
])('when it %s, the prediction is asked for once more', async (_, state) => {
  await using batch = await onSageMaker(state);

  expect(await batch.handle(followPrediction, asked)).toEqual([{ type: 'prediction.requested', body: asked }]);
});

test('the transform job of a prediction that has ended is stopped, later if SageMaker is busy', async () => {
  await using ended = await onSageMaker({ kind: 'running' }, { status: 'cancelled', finished_at: 1000 });
  await using refused = await onSageMaker(busy, { status: 'cancelled', finished_at: 1000 });

  expect(await ended.handle(followPrediction, asked)).toEqual([]);
  expect(ended.stopped).toEqual(['bellwether-job-1']);
  expect(await refused.handle(followPrediction, asked)).toEqual(again);
});

test.each([
  ['cancelled', (batch: Batch) => batch.handle(cancelPrediction, { ...asked, kind: 'batch-prediction' as const })],
  ['dead', (batch: Batch) => batch.handle(failPrediction, { ...asked, reasons: ['silence'] })],
])('a %s prediction has its transform job looked after at once', async (_, end) => {
  await using batch = await onSageMaker({ kind: 'running' });

  const messages = await end(batch);

  expect(messages.map(({ type }) => type)).toEqual(['prediction.finished', 'prediction.submitted']);
});

test.each([
  [{ kind: 'failed', reason: 'no instance' } as const, 'sagemaker-failed', 'no instance'],
  [{ kind: 'stopped' } as const, 'sagemaker-stopped', 'Somebody stopped the transform job.'],
])('a transform job that ends without predictions fails the job with the reason: %j', async (state, code, detail) => {
  await using batch = await onSageMaker(state);

  await batch.handle(runPrediction, asked);

  expect(await batch.job()).toMatchObject({ status: 'failed', error_code: code, error_detail: detail });
});

test('SageMaker without room is asked later', async () => {
  await using batch = await onSageMaker(busy);

  expect(await batch.handle(runPrediction, asked)).toEqual(again);
});
