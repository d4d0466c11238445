import { readdir, writeFile } from 'node:fs/promises';
import { trialRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { planOfPlane, trainingCase } from '../../test/training-case.ts';
import { runTrialTask } from './run-trial-task.ts';
import type { PoolOutcome } from './trial-pool.ts';
import type { TrialTask } from './trial-task.ts';

const order = { tenantId: 't1', trial: trialRow(), plan: JSON.parse(planOfPlane()), dataKey: 'tables/t1/ds_1/at_1' };
const wanted = { isWanted: async () => true, onProgress: async () => undefined };
const never = new AbortController().signal;

type Fit = (task: TrialTask, options: { signal: AbortSignal; onProgress(f: number): void }) => Promise<PoolOutcome>;

async function taskCase(fit: Fit) {
  const training = await trainingCase({}, async (task, options) => {
    if (task.output !== undefined) await writeFile(task.output, 'half an artifact');
    return await fit(task, options);
  });
  await training.deps.store.put(order.dataKey, new Uint8Array(1));
  return training;
}

/** A fit that lasts until it is stopped. */
const endless: Fit = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const done = (metrics: object): PoolOutcome => ({
  kind: 'done',
  result: { metrics, hyperparameters: {}, trainedRows: 80, holdoutRows: 20 },
});

test('a trial that is no longer wanted is stopped and counts as cancelled', async () => {
  await using training = await taskCase(endless);

  const outcome = await runTrialTask(order, training.deps, { ...wanted, signal: never, isWanted: async () => false });

  expect(outcome).toEqual({ kind: 'cancelled' });
});

test('a lost lease is thrown: another consumer has the trial', async () => {
  await using training = await taskCase(endless);
  const lease = new AbortController();

  const outcome = runTrialTask(order, training.deps, { ...wanted, signal: lease.signal });
  lease.abort(new Error('the lease was lost'));

  await expect(outcome).rejects.toThrow('the lease was lost');
});

test.each<[string, Fit]>([
  ['success', async () => done({ rmse: 1 })],
  ['refusal', async () => ({ kind: 'refused', reason: 'x' })],
  ['a model without the metric', async () => done({})],
  ['crash', () => Promise.reject(new Error('x'))],
])('nothing stays in the work folder after %s', async (_, fit) => {
  await using training = await taskCase(fit);

  await runTrialTask(order, training.deps, { ...wanted, signal: never }).catch(() => undefined);

  expect(await readdir(training.deps.workFolder)).toEqual([]);
});

test('each attempt has an object of its own', async () => {
  await using training = await taskCase(async () => done({ rmse: 1 }));
  const watch = { ...wanted, signal: never };

  await runTrialTask(order, training.deps, watch);
  await runTrialTask(order, training.deps, watch);

  expect(await training.keys('models/t1/trial_1/')).toHaveLength(2);
});

test('progress is passed on while the trial runs', async () => {
  let finish: (outcome: PoolOutcome) => void = () => undefined;
  await using training = await taskCase((_, { onProgress }) => {
    onProgress(0.25);
    return new Promise((resolve) => {
      finish = resolve;
    });
  });

  const shown: number[] = [];
  await runTrialTask(order, training.deps, {
    ...wanted,
    signal: never,
    onProgress: async (fraction) => {
      shown.push(fraction);
      finish(done({ rmse: 1 }));
    },
  });

  expect(shown).toEqual([0.25]);
});
