import { expect, test } from '@jest/globals';
import { type ScoreCase, scoreCases } from '../../test/oracle.ts';
import { createPredictor } from '../prediction/create-predictor.ts';
import type { Parameters } from './parameters.ts';
import { trainBooster } from './train-booster.ts';

const predict = async ({ train, test: held }: ScoreCase, parameters: Partial<Parameters>): Promise<Float32Array> =>
  createPredictor(await trainBooster({ ...train, parameters })).predictRows(held.x);

const mean = <Item>(values: ArrayLike<Item>, of: (value: Item, row: number) => number): number =>
  Array.from(values, of).reduce((sum, value) => sum + value, 0) / values.length;

const rmse = (predictions: Float32Array, y: Float64Array): number =>
  Math.sqrt(mean(predictions, (value, row) => (value - (y[row] as number)) ** 2));

const logLoss = (predictions: Float32Array, y: Float64Array): number =>
  mean(predictions, (value, row) => {
    const share = Math.min(1 - 1e-6, Math.max(1e-6, value));
    return -Math.log(y[row] === 1 ? share : 1 - share);
  });

const accuracy = (predictions: Float32Array, y: Float64Array): number =>
  mean(predictions, (value, row) => Number(value > 0.5 === (y[row] === 1)));

const boosted = { max_depth: 4, eta: 0.1, num_round: 60 };

/** scikit-learn's forests, on one tree a class. */
const forest = (columns: number, isBinary: boolean): Partial<Parameters> => ({
  num_round: 1,
  num_parallel_tree: 300,
  sampling_method: 'poisson',
  max_depth: 30,
  eta: 1,
  lambda: 0,
  colsample_bynode: isBinary ? Math.floor(Math.sqrt(columns)) / columns : 1,
});

test.each(scoreCases)('boosting is within 1 % of XGBoost, or better (log loss: 3 %): $name', async (one) => {
  const objective = one.logLoss === undefined ? 'reg:squarederror' : 'binary:logistic';
  const predictions = await predict(one, { ...boosted, objective });
  if (one.logLoss === undefined) expect(rmse(predictions, one.test.y)).toBeLessThan(1.01 * (one.rmse ?? 0));
  else {
    expect(logLoss(predictions, one.test.y)).toBeLessThan(1.03 * one.logLoss);
    expect(accuracy(predictions, one.test.y)).toBeGreaterThan(0.99 * (one.accuracy ?? 1));
  }
});

test.each(scoreCases)(
  'forests of five seeds are within 1 % of scikit-learn’s, or better (log loss: 3 %): $name',
  async (one) => {
    const isBinary = one.forestLogLoss !== undefined;
    const runs: Float32Array[] = [];
    for (let seed = 0; seed < 5; seed++) {
      runs.push(await predict(one, { ...forest(one.train.x.columns, isBinary), seed }));
    }
    const meanOf = (score: typeof rmse) => mean(runs, (_, run) => score(runs[run] as Float32Array, one.test.y));
    if (one.forestLogLoss === undefined) expect(meanOf(rmse)).toBeLessThan(1.01 * (one.forestRmse ?? 0));
    else {
      expect(meanOf(logLoss)).toBeLessThan(1.03 * one.forestLogLoss);
      expect(meanOf(accuracy)).toBeGreaterThan(0.99 * (one.forestAccuracy ?? 1));
    }
  },
);
