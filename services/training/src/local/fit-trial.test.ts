import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from '@bellwether/contracts';
import { loadModel } from '@bellwether/learning';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { fitTrial } from './fit-trial.ts';
import type { TrialTask } from './trial-task.ts';

const column = (name: string) => ({ name, kind: 'numeric', nullable: false }) as const;

/** `z` is 3x - 2y, and a little noise; `t` counts up. */
function plane(rows: number): Frame {
  const values = (of: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => of(row));
  const x = values((row) => (row * 7919) % 101);
  const y = values((row) => (row * 104729) % 89);
  const z = values((row) => 3 * Number(x[row]) - 2 * Number(y[row]) + ((row * 31) % 11) / 10);
  const numeric = (name: string, of: Float64Array) => ({ name, type: 'numeric', values: of }) as const;
  return {
    rows,
    columns: [
      numeric('x', x),
      numeric('y', y),
      numeric(
        't',
        values((row) => row),
      ),
      numeric('z', z),
    ],
  };
}

const task: TrialTask = {
  table: 'plane.parquet',
  plan: {
    task: 'regression',
    taskReason: '',
    metric: 'rmse',
    target: column('z'),
    inputs: [column('x'), column('y'), column('t')],
    folds: 3,
  },
  algorithm: 'linear',
  hyperparameters: {},
  seed: 0,
  logTarget: false,
};

const fit = async (change: Partial<TrialTask>, rows = 300, threads = () => 1) => {
  const progress: number[] = [];
  const frames = { read: async () => plane(rows) };
  const onProgress = (fraction: number) => progress.push(fraction);
  return { outcome: await fitTrial({ ...task, ...change }, frames, onProgress, threads), progress };
};

async function done(change: Partial<TrialTask> = {}, rows?: number) {
  const { outcome } = await fit(change, rows);
  if (outcome.kind !== 'done') throw new Error(outcome.kind);
  return outcome.result;
}

test('a trial is scored on each fold and on the held-out rows, and the model is of all training rows', async () => {
  const { validation, metrics, trainedRows, holdoutRows } = await done();

  expect(validation?.scores).toHaveLength(3);
  const mean = (validation?.scores ?? []).reduce((sum, score) => sum + score / 3, 0);
  expect(validation?.metrics.rmse).toBeCloseTo(mean);
  expect(Object.keys(validation?.metrics ?? {})).toEqual(Object.keys(metrics));
  // The target's standard deviation is a hundred, its noise's a third of one.
  expect(metrics.rmse).toBeLessThan(1);
  expect(validation?.metrics.rmse).toBeLessThan(1);
  expect(trainedRows + holdoutRows).toBe(300);
});

test('the same trial again has the same scores, to the bit', async () => {
  expect(await done()).toEqual(await done());
});

test('a trial asks before each fit how many threads it may use', async () => {
  let asked = 0;
  await fit({}, 300, () => ++asked);

  expect(asked).toBe(3 + 1);
});

test('with a time there is one fold, of the last training rows', async () => {
  const { validation } = await done({ plan: { ...task.plan, timestamp: 't' } });

  expect(validation?.scores).toHaveLength(1);
});

test('a trial that is hopeless on its first fold ends with it', async () => {
  const { outcome, progress } = await fit({ algorithm: 'baseline', pruneAbove: 1 });

  expect(outcome).toMatchObject({ kind: 'pruned', scores: [expect.any(Number)] });
  expect(Math.max(...progress)).toBeLessThan(0.5);
});

test('one that is not goes on', async () => {
  expect((await fit({ pruneAbove: 1 })).outcome.kind).toBe('done');
});

test('the only fold of a table with a time prunes nothing: there is nothing left to save', async () => {
  const plan = { ...task.plan, timestamp: 't' };

  expect((await fit({ algorithm: 'baseline', plan, pruneAbove: 1 })).outcome.kind).toBe('done');
});

test('a table too small for folds is trained on without', async () => {
  const result = await done({}, 5);

  expect(result).not.toHaveProperty('validation');
  expect(result.metrics.rmse).toBeDefined();
});

test('progress rises over all fits, and ends at 1', async () => {
  const { progress } = await fit({});

  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBeCloseTo(1);
});

test('the model of all rows has as many rounds as the folds had when they stopped', async () => {
  const hyperparameters = { num_round: 2000, early_stopping_rounds: 5, eta: 0.3 };
  const { hyperparameters: settled, validation } = await done({ algorithm: 'xgboost', hyperparameters });

  expect(validation?.scores).toHaveLength(3);
  expect(settled).toMatchObject({ eta: 0.3 });
  expect(settled).not.toHaveProperty('early_stopping_rounds');
  expect(Number(settled.num_round)).toBeLessThan(2000);
});

async function modelOf(change: Partial<TrialTask>, rows?: number) {
  using folder = temporaryFolder();
  const output = join(folder.path, 'model.tar.gz');
  const result = await done({ ...change, output }, rows);
  return { result, model: await loadModel(await readFile(output)) };
}

test('a regression keeps its intervals, learned from every held-out row and no other', async () => {
  const { result, model } = await modelOf({});

  expect(model.manifest.intervals).toMatchObject({ rows: result.holdoutRows, nonNegative: false });
  const [down = 0, up = 0] = model.manifest.intervals?.offsets['90'] ?? [];
  const { size = [] } = model.manifest.intervals?.spread ?? {};
  const width = ((up - down) * size.reduce((sum, each) => sum + each, 0)) / size.length;
  // Level noise between two numbers is 3.1 standard deviations wide at 90 %, normal noise 3.3.
  expect(width / (result.metrics.rmse ?? 0)).toBeGreaterThan(2.5);
  expect(width / (result.metrics.rmse ?? 0)).toBeLessThan(4);
});

test('a table too small for folds has intervals of a level spread, at the coverages that its hold-out allows', async () => {
  const { result, model } = await modelOf({}, 5);

  expect(result).not.toHaveProperty('validation');
  expect(model.manifest.intervals).toMatchObject({ rows: result.holdoutRows, spread: { at: [0], size: [1] } });
  expect(model.manifest.intervals?.offsets).not.toHaveProperty('95');
});
