// biome-ignore-all lint/style/noNonNullAssertion: rows of the fixture
import { expect, test } from '@jest/globals';
import { type ObjectiveCase, objectiveCases } from '../../test/oracle.ts';
import { wavyTable } from '../../test/tables.ts';
import { createPredictor } from '../prediction/create-predictor.ts';
import type { ObjectiveName, Parameters } from './parameters.ts';
import { trainBooster } from './train-booster.ts';

const special: Partial<Record<ObjectiveName, Partial<Parameters>>> = {
  'reg:quantileerror': { quantile_alpha: [0.8] },
  'multi:softprob': { num_class: 3 },
  'reg:tweedie': { tweedie_variance_power: 1.3 },
};

/** Of a target and what is predicted for its row: one number, or one a class. */
const losses: Record<ObjectiveName, (y: number, p: Float32Array) => number> = {
  'reg:squarederror': (y, [p]) => (y - p!) ** 2,
  'reg:squaredlogerror': (y, [p]) => (Math.log1p(y) - Math.log1p(p!)) ** 2,
  'reg:absoluteerror': (y, [p]) => Math.abs(y - p!),
  'reg:quantileerror': (y, [p]) => (y >= p! ? 0.8 : -0.2) * (y - p!),
  'binary:logistic': (y, [p]) => -Math.log(y === 1 ? p! : 1 - p!),
  'multi:softprob': (y, p) => -Math.log(p[y]!),
  'count:poisson': (y, [p]) => p! - y * Math.log(p!),
  'reg:tweedie': (y, [p]) => p! ** 0.7 / 0.7 + (y * p! ** -0.3) / 0.3,
};

const lossOf = async ({ objective, train, test: held }: ObjectiveCase): Promise<number> => {
  const parameters = { objective, max_depth: 4, eta: 0.2, num_round: 30, ...special[objective] };
  const predictions = createPredictor(await trainBooster({ ...train, parameters })).predictRows(held.x);
  const width = predictions.length / held.y.length;
  const loss = losses[objective];
  return (
    held.y.reduce((sum, y, row) => sum + loss(y, predictions.subarray(row * width, (row + 1) * width)), 0) /
    held.y.length
  );
};

test.each(objectiveCases)(
  'the loss on rows with missing values is at most 1 % above XGBoost’s: $objective, weighted: $weighted',
  async (one) => {
    expect(await lossOf(one)).toBeLessThan(1.01 * one.loss);
  },
);

test('as many rows lie below a quantile as it says, and quantiles do not cross by much', async () => {
  const { x, y } = wavyTable(4000, 5);
  const quantile_alpha = [0.1, 0.5, 0.9];
  const parameters = { objective: 'reg:quantileerror', quantile_alpha, num_round: 30 } as const;
  const predictions = createPredictor(await trainBooster({ x, y, parameters })).predictRows(x);
  for (const [k, share] of quantile_alpha.entries()) {
    const below = y.filter((value, row) => value < predictions[3 * row + k]!).length;
    expect(Math.abs(below / y.length - share)).toBeLessThan(0.05);
  }
});

const constantFit = async (y: number[], share: number, weights?: number[]): Promise<number> => {
  const x = { values: new Float64Array(y.length), rows: y.length, columns: 1 };
  const parameters: Partial<Parameters> = { objective: 'reg:quantileerror', quantile_alpha: [share], num_round: 1 };
  return (await trainBooster({ x, y, parameters, ...(weights === undefined ? {} : { weights }) })).baseScore[0]!;
};

test.each([
  [[4, 1, 3, 2], 0.5, undefined, 2.5],
  [[4, -1, 3, 2], 0.25, undefined, -0.25],
  [[4, 1, 3, 2], 0.9, undefined, 4],
  [[4, 1, 3, 2], 0.01, undefined, 1],
  [[2, 5, 2, 2], 0.5, undefined, 2],
  [[7], 0.4, undefined, 7],
  [[4, 1, 3], 0.5, [1, 1, 8], 3],
  [[4, -1, 3], 0.95, [1, 8, 0], 4],
  [[4, 1, 3], 0.1, [0, 1, 1], 1],
])(
  'a quantile lies between two values by its share of n + 1, and of weighted values it is one of them: %o',
  async (y, share, weights, expected) => {
    expect(await constantFit(y, share, weights)).toBe(expected);
  },
);

test('leaves are quantiles of what is left to explain in them', async () => {
  const values = Float64Array.from({ length: 600 }, (_, row) => row % 2);
  const y = Array.from({ length: 600 }, (_, row) => (row % 2 === 0 ? row : 10_000 + row * row));
  const x = { values, rows: 600, columns: 1 };
  const parameters: Partial<Parameters> = {
    objective: 'reg:quantileerror',
    quantile_alpha: [0.25],
    num_round: 1,
    eta: 1,
  };
  const predictions = createPredictor(await trainBooster({ x, y, parameters })).predictRows(x);
  for (const side of [0, 1]) {
    const sorted = y.filter((_, row) => row % 2 === side).sort((a, b) => a - b);
    // 301 · 0.25 = 75.25: a quarter of the way from the 75th to the 76th of 300
    const expected = sorted[74]! + 0.25 * (sorted[75]! - sorted[74]!);
    expect(Math.abs(predictions[side]! - expected)).toBeLessThan(0.01);
  }
});
