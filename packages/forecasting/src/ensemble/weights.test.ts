import { expect, test } from '@jest/globals';
import type { BacktestSummary, ItemBacktest } from '../backtest/chunk-backtests.ts';
import { summariseBacktests } from '../backtest/summarise-backtests.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { itemWeights } from './weights.ts';

const plan: ForecastPlan = {
  horizon: 2,
  quantiles: [0.5],
  windows: 2,
  calibrationWindows: 0,
  windowStep: 2,
  windowLength: 2,
  lastPeriod: 13,
  predictors: ['good', 'fair', 'bad'],
  combine: 'ensemble',
  seasonLengths: [],
  seed: 0,
};

/** Two windows of actual values of 10 that models miss by so much, above and below. */
const backtestOf = (item: string, misses: Readonly<Record<string, number>>): ItemBacktest => ({
  item,
  scale: 1,
  level: 10,
  windows: [0, 1].map((window) => ({
    window,
    origin: 10 + 2 * window,
    actual: Float64Array.of(10, 10),
    forecasts: Object.fromEntries(
      Object.entries(misses).map(([name, miss]) => [name, Float64Array.of(10 + miss, 10 + miss)]),
    ),
  })),
});

const names = ['good', 'fair', 'bad', 'seasonal-naive'];
const none: BacktestSummary = { relativeErrors: {}, sample: [] };

test("the smaller a model's error the larger its weight, and the far worse ones have none", () => {
  const weights = itemWeights(backtestOf('a', { good: 1, fair: 1.2, bad: 9, 'seasonal-naive': 3 }), none, plan, names);
  expect(weights.good as number).toBeGreaterThan(weights.fair as number);
  expect(weights.fair as number).toBeGreaterThan(0);
  expect(weights.bad).toBeUndefined();
  expect(Object.values(weights).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
});

test('an item without windows takes the weights of the panel', () => {
  const items = ['a', 'b', 'c', 'd', 'e', 'f'].map((item) =>
    backtestOf(item, { good: 1, fair: 2, bad: 9, 'seasonal-naive': 5 }),
  );
  const weights = itemWeights(
    { item: 'new', scale: 1, level: 1, windows: [] },
    summariseBacktests({ items }, plan),
    plan,
    names,
  );
  expect(weights.good as number).toBeGreaterThan(0.8);
});

test('where the seasonal naive is better than all, it is taken', () => {
  const weights = itemWeights(backtestOf('a', { good: 2, fair: 3, bad: 4, 'seasonal-naive': 0 }), none, plan, names);
  expect(weights).toEqual({ 'seasonal-naive': 1 });
});

test('the best model alone is taken if that is wanted', () => {
  const backtest = backtestOf('a', { good: 1, fair: 1.2, bad: -1.1, 'seasonal-naive': 3 });
  expect(itemWeights(backtest, none, { ...plan, combine: 'best' }, names)).toEqual({ good: 1 });
});

test('before anything of a panel is seen, models that were better elsewhere weigh more', () => {
  const first = { ...plan, predictors: ['mstl', 'drift', 'historic-mean'], seasonLengths: [12] };
  const nothing = { item: 'new', scale: 1, level: 1, windows: [] };
  const weights = itemWeights(nothing, none, first, ['mstl', 'drift', 'historic-mean', 'seasonal-naive']);
  expect(weights.mstl as number).toBeGreaterThan(0.8);
  expect(weights['historic-mean']).toBeUndefined();
});

test('demand with many zeros begins with equal weights', () => {
  const sparse = { ...plan, predictors: ['tsb', 'naive', 'historic-mean'] };
  const weights = itemWeights({ item: 'new', scale: 1, level: 1, windows: [] }, none, sparse, sparse.predictors);
  for (const weight of Object.values(weights)) expect(weight).toBeCloseTo(1 / 3, 12);
});
