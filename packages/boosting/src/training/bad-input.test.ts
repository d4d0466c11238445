import { expect, test } from '@jest/globals';
import { wavyTable } from '../../test/tables.ts';
import { createPredictor } from '../prediction/create-predictor.ts';
import type { Parameters } from './parameters.ts';
import { trainBooster } from './train-booster.ts';
import type { TrainOptions } from './train-options.ts';

const predictions = async (options: TrainOptions): Promise<number[]> =>
  Array.from(createPredictor(await trainBooster(options)).predictRows(options.x));

const rowsOf = (values: readonly number[], columns: number) => ({
  values: Float64Array.from(values),
  rows: values.length / columns,
  columns,
});

const few = { num_round: 3 };

test('a target that is always the same is predicted as it is', async () => {
  const x = rowsOf([1, 2, 3, 4], 1);
  for (const objective of ['reg:squarederror', 'reg:absoluteerror', 'count:poisson'] as const) {
    const found = await predictions({ x, y: [5, 5, 5, 5], parameters: { ...few, objective } });
    for (const value of found) expect(value).toBeCloseTo(5, 4);
  }
});

test('one class of two is predicted with certainty', async () => {
  const x = rowsOf([1, 2, 3, 4], 1);
  const [first] = await predictions({ x, y: [1, 1, 1, 1], parameters: { ...few, objective: 'binary:logistic' } });
  expect(first).toBeGreaterThan(0.999);
});

test('one row, two rows and no columns at all give a model', async () => {
  expect(await predictions({ x: rowsOf([1], 1), y: [7], parameters: few })).toEqual([7]);
  const two = await predictions({ x: rowsOf([1, 2], 1), y: [0, 10], parameters: { ...few, lambda: 0, eta: 1 } });
  expect(two).toEqual([0, 10]);
  const x = { values: new Float64Array(0), rows: 2, columns: 0 };
  const booster = await trainBooster({ x, y: [1, 3], parameters: few });
  expect(Array.from(booster.baseScore)).toEqual([2]);
});

test('more features than rows, and columns without any value, change nothing', async () => {
  const columns = 3000;
  const values = Array.from({ length: 4 * columns }, (_, i) => {
    if (i % columns === 1234) return i < 2 * columns ? 0 : 1;
    return i % 3 === 0 ? Number.NaN : 8;
  });
  const found = await predictions({
    x: rowsOf(values, columns),
    y: [0, 0, 6, 6],
    parameters: { ...few, lambda: 0, eta: 1 },
  });
  expect(found).toEqual([0, 0, 6, 6]);
});

test('infinite values count as the largest ones', async () => {
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  const x = rowsOf([NEGATIVE_INFINITY, 0, 1e300, POSITIVE_INFINITY], 1);
  const found = await predictions({ x, y: [0, 5, 9, 9], parameters: { ...few, lambda: 0, eta: 1 } });
  expect(found).toEqual([0, 5, 9, 9]);
});

test('a column without any value predicts as one that is constant', async () => {
  const x = rowsOf([Number.NaN, Number.NaN, Number.NaN], 1);
  expect(await predictions({ x, y: [1, 2, 3], parameters: few })).toEqual([2, 2, 2]);
});

const refused = (code: string) => expect.objectContaining({ status: 422, code });

test.each<[string, Partial<TrainOptions>, Partial<Parameters>]>([
  ['a missing target', { y: [1, Number.NaN] }, {}],
  ['an infinite target', { y: [1, Number.POSITIVE_INFINITY] }, {}],
  ['a target less', { y: [1] }, {}],
  ['a label beyond the classes', { y: [0, 2] }, { objective: 'multi:softprob', num_class: 2 }],
  ['a label between classes', { y: [0, 0.5] }, { objective: 'multi:softprob', num_class: 2 }],
  ['a negative count', { y: [1, -1] }, { objective: 'count:poisson' }],
  ['a negative weight', { weights: [1, -1] }, {}],
  ['no rows', { x: rowsOf([], 1), y: [] }, {}],
  ['values of another shape', { x: { values: new Float64Array(3), rows: 2, columns: 1 } }, {}],
])('%s is refused', async (_name, options, parameters) => {
  const given = { x: rowsOf([1, 2], 1), y: [0, 1], ...options, parameters };
  await expect(trainBooster(given)).rejects.toThrow(refused('training-data-refused'));
});

test.each<[string, Partial<TrainOptions>, Partial<Parameters>]>([
  ['no number of classes', {}, { objective: 'multi:softprob' }],
  ['early stopping without rows to look at', {}, { early_stopping_rounds: 3 }],
  ['no threads', { threads: 0 }, {}],
])('%s is refused', async (_name, options, parameters) => {
  const given = { x: rowsOf([1, 2], 1), y: [0, 1], ...options, parameters };
  await expect(trainBooster(given)).rejects.toThrow(refused('parameter-refused'));
});

test('what does not fit into memory is refused before it is taken', async () => {
  const { x, y } = wavyTable(20_000, 4);
  const parameters = { objective: 'multi:softprob', num_class: 20_000 } as const;
  await expect(trainBooster({ x, y: y.map((_, row) => row), parameters })).rejects.toThrow(refused('table-too-large'));
});
