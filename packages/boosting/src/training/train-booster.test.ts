import { expect, test } from '@jest/globals';
import { leafOf, leafSums } from '../../test/score-rows.ts';
import { type Table, wavyTable } from '../../test/tables.ts';
import type { Tree } from '../model/booster.ts';
import { Parameters } from './parameters.ts';
import { threadsFor } from './threads-for.ts';
import { trainBooster, trainBy } from './train-booster.ts';

const rootMeanSquare = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

const table = wavyTable(3000, 6);
const { x, y } = table;

const depthOf = (tree: Tree, node = 0): number =>
  (tree.left[node] as number) < 0
    ? 0
    : 1 + Math.max(depthOf(tree, tree.left[node] as number), depthOf(tree, tree.right[node] as number));

test('boosting explains what the mean leaves unexplained', async () => {
  const booster = await trainBooster({ ...table, parameters: { num_round: 50 } });
  const mean = booster.baseScore[0] as number;
  const sums = leafSums(booster, x);
  expect(mean).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / y.length, 5);
  expect(rootMeanSquare(y.map((value, row) => value - mean - (sums[row] as number)))).toBeLessThan(
    0.3 * rootMeanSquare(y.map((value) => value - mean)),
  );
});

const modes: [string, Partial<Parameters>][] = [
  ['plain', {}],
  ['deep', { max_depth: 14, min_child_weight: 0 }],
  ['with samples of rows and columns', { subsample: 0.6, colsample_bytree: 0.5, colsample_bynode: 0.6 }],
  ['with penalties and limits', { alpha: 0.5, gamma: 0.1, max_delta_step: 0.4 }],
  ['with directions', { monotone_constraints: [1, 0, -1] }],
  ['a forest of all columns', { num_parallel_tree: 5, num_round: 2, sampling_method: 'poisson', max_depth: 12 }],
  ['a forest of few columns', { num_parallel_tree: 5, num_round: 2, subsample: 0.7, colsample_bynode: 0.3 }],
  ['of absolute errors', { objective: 'reg:absoluteerror' }],
  ['of quantiles', { objective: 'reg:quantileerror', quantile_alpha: [0.1, 0.9] }],
];

test.each(modes)('the same seed gives the same bits with 1, 2 and 3 threads: %s', async (_name, parameters) => {
  // More rows than all threads together share in one node, and more than one chunk of gradients.
  const large = wavyTable(20_000, 6, 2);
  const train = (threads: number) =>
    trainBy(threads, large, Parameters.parse({ num_round: 4, seed: 7, ...parameters }), true);
  const one = await train(1);
  for (const threads of [2, 3]) expect(await train(threads)).toEqual(one);
});

test('threads may come while the others are at work: the bits are the same', async () => {
  const large = wavyTable(20_000, 6, 2);
  const parameters = Parameters.parse({ num_round: 60, subsample: 0.8 });
  // One that joins changes who does what, from one tree to the next.
  expect(await trainBy(4, large, parameters)).toEqual(await trainBy(1, large, parameters));
});

test('small tables are trained by the calling thread, larger ones by as many as are allowed', () => {
  const threads = (rows: number, parameters: Partial<Parameters> = {}, allowed = 4) =>
    threadsFor({ rows, columns: 10 } as Table['x'], Parameters.parse(parameters), allowed);
  expect(threads(1000)).toBe(1);
  expect(threads(1_000_000)).toBe(4);
  expect(threads(1_000_000, {}, 2)).toBe(2);
  expect(threads(1_000_000, { num_round: 1 })).toBe(1);
  // each tree of a forest by one thread
  expect(threads(20_000)).toBe(1);
  expect(threads(20_000, { num_round: 1, num_parallel_tree: 100 })).toBe(4);
});

test('another seed gives another model when there is something to draw', async () => {
  const train = (seed: number) => trainBooster({ ...table, parameters: { num_round: 2, subsample: 0.5, seed } });
  expect(await train(1)).not.toEqual(await train(2));
});

test('no tree is deeper than allowed, and no leaf lighter', async () => {
  const parameters = { num_round: 5, max_depth: 3, min_child_weight: 40 };
  for (const tree of (await trainBooster({ ...table, parameters })).trees) {
    expect(depthOf(tree)).toBeLessThanOrEqual(3);
    expect(Math.min(...tree.cover)).toBeGreaterThanOrEqual(40);
  }
});

test('a weight of two is a row that occurs twice', async () => {
  // Few enough that both tables have the same bins.
  const small = wavyTable(200, 5, 3);
  const weights = Float64Array.from(small.y, (_, row) => (row % 3 === 0 ? 2 : 1));
  const order = Array.from(small.y, (_, row) => (row % 3 === 0 ? [row, row] : [row])).flat();
  const twice = {
    x: {
      values: Float64Array.from(order.flatMap((row) => Array.from(small.x.values.subarray(row * 5, row * 5 + 5)))),
      rows: order.length,
      columns: 5,
    },
    y: Float64Array.from(order, (row) => small.y[row] as number),
  };
  const parameters = { num_round: 5 };
  const weighted = leafSums(await trainBooster({ ...small, weights, parameters }), small.x);
  const repeated = leafSums(await trainBooster({ ...twice, parameters }), small.x);
  for (let row = 0; row < small.y.length; row++) expect(weighted[row]).toBeCloseTo(repeated[row] as number, 4);
});

test('missing values go where the loss is lower', async () => {
  const values = Float64Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? Number.NaN : row));
  const target = values.map((value) => (Number.isNaN(value) || value > 150 ? 5 : -5));
  const booster = await trainBooster({
    x: { values, rows: 200, columns: 1 },
    y: target,
    parameters: { num_round: 1, eta: 1, lambda: 0, max_depth: 1 },
  });
  const sums = leafSums(booster, { values, rows: 200, columns: 1 });
  for (let row = 0; row < 200; row++) {
    expect((booster.baseScore[0] as number) + (sums[row] as number)).toBeCloseTo(target[row] as number, 5);
  }
});

test('a prediction never falls in a feature that is to rise', async () => {
  const booster = await trainBooster({ ...table, parameters: { num_round: 30, monotone_constraints: [1, 0, -1] } });
  const row = Float64Array.of(0, 1, 0.3, -0.2, 0.9, 7);
  const sumsOver = (column: number) =>
    Array.from({ length: 81 }, (_, step) => {
      const moved = row.with(column, -2 + step / 20);
      return booster.trees.reduce((sum, tree) => sum + (tree.condition[leafOf(tree, moved)] as number), 0);
    });
  const rises = (values: readonly number[]) =>
    values.every((value, i) => i === 0 || value >= (values[i - 1] as number) - 1e-6);
  expect(rises(sumsOver(0))).toBe(true);
  expect(rises(sumsOver(2).reverse())).toBe(true);
});

test('early stopping ends once the loss on the validation rows has stopped falling, and says which round was best', async () => {
  const small = wavyTable(200, 6, 5);
  const progress: number[] = [];
  const booster = await trainBooster({
    ...small,
    validation: wavyTable(200, 6, 6),
    parameters: { num_round: 500, early_stopping_rounds: 5, eta: 0.5 },
    onProgress: (fraction) => progress.push(fraction),
  });
  const best = Number(booster.attributes.best_iteration);
  expect(booster.rounds.length - 1).toBe(best + 6);
  expect(best).toBeLessThan(494);
  expect(progress).toHaveLength(best + 6);
});
