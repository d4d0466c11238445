import { expect, test } from '@jest/globals';
import type { ItemBacktest } from '../backtest/chunk-backtests.ts';
import { summariseBacktests } from '../backtest/summarise-backtests.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { memberQuantiles } from './member-quantiles.ts';

const horizon = 4;
const plan: ForecastPlan = {
  horizon,
  quantiles: [0.1, 0.5, 0.9],
  windows: 2,
  calibrationWindows: 2,
  windowStep: horizon,
  windowLength: horizon,
  lastPeriod: 99,
  predictors: ['good', 'bad'],
  combine: 'ensemble',
  seasonLengths: [],
  seed: 0,
};

/** Actual values of 100 that `good` misses by 1 at most and `bad` by 20, above and below in turn. */
const backtestOf = (i: number, last = 1): ItemBacktest => ({
  item: `i${i}`,
  scale: 1,
  level: 100,
  windows: [0, 1, 2, 3].map((window) => {
    const miss = (size: number) =>
      Float64Array.from({ length: horizon }, (_, step) => {
        const share = ((i * 7 + window * 3 + step * 5) % 11) / 5 - 1;
        return 100 + size * share * (window === 3 ? last : 1);
      });
    const forecasts = { good: miss(1), bad: miss(20), 'seasonal-naive': miss(5) };
    return { window, origin: 10 + horizon * window, actual: new Float64Array(horizon).fill(100), forecasts };
  }),
});

const items = Array.from({ length: 20 }, (_, i) => backtestOf(i));
const quantilesAt = (window: number, model: string, all = items) => {
  const [first] = all as [ItemBacktest];
  const summary = summariseBacktests({ items: all }, plan);
  const members = first.windows[window];
  if (members === undefined) throw new Error('There is no such window.');
  return memberQuantiles(plan, summary)(model, first, members, true);
};
const width = (quantiles: readonly Float64Array[]) => (quantiles[2]?.[1] as number) - (quantiles[0]?.[1] as number);

test('each model has intervals of its own errors, that rise with the level', () => {
  const good = quantilesAt(3, 'good');
  expect(width(quantilesAt(3, 'bad'))).toBeGreaterThan(10 * width(good));
  for (const step of [0, 1, 2, 3]) {
    expect(good[1]?.[step] as number).toBeGreaterThanOrEqual(good[0]?.[step] as number);
    expect(good[2]?.[step] as number).toBeGreaterThanOrEqual(good[1]?.[step] as number);
  }
});

test('the first window has none, and what a window missed is in none of its own', () => {
  expect(quantilesAt(0, 'good')).toEqual([]);
  const other = Array.from({ length: 20 }, (_, i) => backtestOf(i, -1));
  const spread = (all: readonly ItemBacktest[]) => width(quantilesAt(3, 'bad', [...all]));
  expect(spread(other)).toBeCloseTo(spread(items), 9);
});

test('a model that is missing in a window has no quantiles there', () => {
  expect(quantilesAt(3, 'unknown')).toEqual([]);
});
