import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Column } from '@bellwether/contracts';
import { inspectUpload } from '@bellwether/datasets';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTrialPool, type TrialPool } from './trial-pool.ts';
import type { TrialTask } from './trial-task.ts';

const column = (name: string): Column => ({ name, kind: 'numeric', nullable: false });
const never = { signal: new AbortController().signal, onProgress: () => undefined };

let folder: TemporaryFolder;
let task: TrialTask;
/** One thread for all tests: a thread takes half a second to load its libraries. */
let one: TrialPool;

beforeAll(async () => {
  folder = temporaryFolder();
  one = openTrialPool(1);
  const source = join(folder.path, 'noise.csv');
  const output = join(folder.path, 'noise.parquet');
  // Noise: an SVM makes most rows support vectors, and is at it for a while.
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = Array.from({ length: 4000 }, () => `${next()},${next()},${next()}`);
  await writeFile(source, ['x,y,z', ...lines, ''].join('\n'));
  const inspected = await inspectUpload({ source, output, workDir: folder.path });
  if (!inspected.ok) throw new Error(JSON.stringify(inspected.problems));
  task = {
    table: output,
    plan: {
      task: 'regression',
      taskReason: '',
      metric: 'rmse',
      target: column('z'),
      inputs: [column('x'), column('y')],
      folds: 2,
    },
    algorithm: 'linear',
    hyperparameters: {},
    seed: 0,
    logTarget: false,
  };
}, 60_000);

afterAll(async () => {
  await one.close();
  folder[Symbol.dispose]();
});

test('a thread fits a model, scores it on the held-out rows and writes its artifact', async () => {
  const output = join(folder.path, 'model.tar.gz');

  const outcome = await one.run({ ...task, output }, never);
  const again = await one.run({ ...task, artifact: output }, never);

  expect(outcome).toMatchObject({ kind: 'done', result: { metrics: { rmse: expect.any(Number) } } });
  expect(again.kind === 'done' && again.result.metrics).toEqual(outcome.kind === 'done' && outcome.result.metrics);
});

test('a model of another target is refused, not scored on that target', async () => {
  const artifact = join(folder.path, 'of-z.tar.gz');
  await one.run({ ...task, output: artifact }, never);
  const ofX = { ...task.plan, target: column('x'), inputs: [column('y'), column('z')] };

  const outcome = await one.run({ ...task, plan: ofX, artifact }, never);

  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^aim-differs/) });
});

test('what the data do not allow is a refusal, and the thread goes on', async () => {
  const refused = await one.run({ ...task, hyperparameters: { nonsense: 1 } }, never);

  expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^hyperparameter-unknown/) });
  expect(await one.run(task, never)).toMatchObject({ kind: 'done' });
});

test('a crash is thrown, and the next task has a fresh thread', async () => {
  await expect(one.run({ ...task, table: join(folder.path, 'nowhere.parquet') }, never)).rejects.toThrow(/nowhere/);
  expect(await one.run(task, never)).toMatchObject({ kind: 'done' });
});

test('an abort ends the thread in the middle of a fit, and the next task has a fresh one', async () => {
  const stop = new AbortController();
  const slow = { ...task, algorithm: 'svm', hyperparameters: { C: 1000 } };

  const outcome = one.run(slow, { signal: stop.signal, onProgress: () => stop.abort(new Error('the job ended')) });

  await expect(outcome).rejects.toThrow('the job ended');
  expect(await one.run(task, never)).toMatchObject({ kind: 'done' });
});

test('an aborted task does not begin', async () => {
  await expect(one.run(task, { ...never, signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
    'too late',
  );
});

test('closing ends what is under way, and nothing begins afterwards', async () => {
  const other = openTrialPool(1);
  const slow = { ...task, algorithm: 'svm', hyperparameters: { C: 1000 } };
  let closing: Promise<void> | undefined;

  const outcome = other.run(slow, { ...never, onProgress: () => (closing ??= other.close()) });

  await expect(outcome).rejects.toThrow('ended with code');
  await closing;
  await expect(other.run(task, never)).rejects.toThrow('closed');
});

test('a thread that is ended while DuckDB reads for it does not bring the process down', async () => {
  for (let delay = 0; delay < 60; delay += 6) {
    // Once through, so that the thread has its libraries and the next read begins at once.
    await one.run(task, never);
    const abort = new AbortController();
    const other = { ...task, plan: { ...task.plan, inputs: [column('x')] } };
    const run = one.run(other, { signal: abort.signal, onProgress: () => undefined });
    const timer = setTimeout(() => abort.abort(new Error('cancelled')), delay);

    const outcome = await run.catch((error: Error) => error.message);

    clearTimeout(timer);
    expect(typeof outcome === 'string' ? outcome : outcome.kind).toMatch(/^(cancelled|done)$/);
  }
});
