import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { meanAbsoluteError } from './ensemble/member-errors.ts';
import { forecastPanel } from './forecast-panel.ts';
import type { PanelChunk, Series } from './panel/series.ts';
import { cutoffOf, latestWindows, windowCount } from './plan/windows.ts';
import { drift } from './predictors/drift.ts';
import { naive } from './predictors/naive.ts';
import { seasonalNaive } from './predictors/seasonal-naive.ts';

const registry = { naive, 'seasonal-naive': seasonalNaive, drift };
const models = ['naive', 'seasonal-naive', 'drift'];
const horizon = 4;

const quarterly = (series: readonly Series[]): PanelChunk => ({
  schema: { frequency: { unit: 'quarter', count: 1 }, known: [], attributes: [] },
  series,
});

const seriesOf = (item: string, values: readonly number[]): Series => ({
  item,
  first: 100,
  values: Float64Array.from(values),
  known: [],
  attributes: new Float64Array(0),
});

const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 9, noNaN: true })), {
  minLength: 1,
  maxLength: 48,
});
const panel = fc
  .array(values, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, i) => seriesOf(`i${i}`, one)));

const forecast = async (series: readonly Series[], trees = false) => {
  const request = { horizon, models: [...models, ...(trees ? ['boosted-trees'] : [])], boostedTrees: { rounds: 10 } };
  return (await forecastPanel([quarterly(series)], request, registry)).forecasts;
};

const few = { numRuns: 40 };

test('quantiles do not cross, are finite, and not negative where the history is not', async () => {
  await fc.assert(
    fc.asyncProperty(panel, async (series) => {
      for (const { mean, quantiles, windows } of await forecast(series)) {
        for (const all of [quantiles, ...windows.map((window) => window.quantiles)]) {
          for (const [level, list] of all.entries()) {
            for (const [step, value] of list.entries()) {
              expect(Number.isFinite(value)).toBe(true);
              expect(value).toBeGreaterThanOrEqual(all[level - 1]?.[step] ?? 0);
            }
          }
        }
        expect(mean.every((value) => value >= 0)).toBe(true);
      }
    }),
    few,
  );
});

test('the ensemble is never worse than the seasonal naive on its own backtests', async () => {
  await fc.assert(
    fc.asyncProperty(panel, async (series) => {
      const { forecasts, backtests, plan } = await forecastPanel([quarterly(series)], { horizon, models }, registry);
      for (const [i, { windows }] of forecasts.entries()) {
        const all = backtests[0]?.items[i]?.windows ?? [];
        const reported = latestWindows(all, plan.windows);
        const baseline = reported.reduce(
          (sum, { actual, forecasts: members }) => sum + meanAbsoluteError(actual, members['seasonal-naive'] ?? actual),
          0,
        );
        const ours = windows.reduce((sum, { metrics }) => sum + metrics.mae, 0);
        expect(ours).toBeLessThanOrEqual(baseline + 1e-9 * (1 + baseline));
      }
    }),
    few,
  );
});

test('the ensemble is not worse than the seasonal naive where its members had too little history for a window', async () => {
  // 23 values before the older window: MSTL, which is best by far, needs two years.
  const values = Array.from({ length: 30 }, (_, t) => 100 + t + 20 * Math.sin((2 * Math.PI * t) / 12) + (t % 7));
  const monthly = { frequency: { unit: 'month', count: 1 }, known: [], attributes: [] } as const;

  const { forecasts, backtests } = await forecastPanel([{ schema: monthly, series: [seriesOf('a', values)] }], {
    horizon: 6,
    windows: 2,
  });

  const [item] = forecasts;
  const [older] = backtests[0]?.items[0]?.windows ?? [];
  expect(Object.keys(older?.forecasts ?? {})).not.toContain('mstl');
  expect(item?.weights.mstl ?? 0).toBeGreaterThan(0);
  const naiveError = backtests[0]?.items[0]?.windows.reduce(
    (sum, window) => sum + meanAbsoluteError(window.actual, window.forecasts['seasonal-naive'] ?? window.actual),
    0,
  );
  expect(item?.windows.reduce((sum, { metrics }) => sum + metrics.mae, 0)).toBeLessThanOrEqual(naiveError ?? 0);
});

test('a thousand times the target is a thousand times the forecast', async () => {
  await fc.assert(
    fc.asyncProperty(panel, async (series) => {
      const small = await forecast(series);
      const large = await forecast(series.map((one) => ({ ...one, values: one.values.map((value) => 1024 * value) })));
      for (const [i, { mean, quantiles }] of small.entries()) {
        const lists = [mean, ...quantiles];
        const others = [large[i]?.mean, ...(large[i]?.quantiles ?? [])];
        for (const [k, list] of lists.entries()) {
          for (const [step, value] of list.entries()) {
            expect(others[k]?.[step] as number).toBeCloseTo(1024 * value, 5);
          }
        }
      }
    }),
    few,
  );
});

test('a constant series forecasts itself', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 7),
      fc.integer({ min: 1, max: 30 }),
      async (value, length) => {
        const [found] = await forecast([seriesOf('a', Array(length).fill(value))]);
        expect(found?.mean).toHaveLength(horizon);
        for (const one of found?.mean ?? []) expect(Math.abs(one - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value));
      },
    ),
    few,
  );
});

/** Items that began and ended at other times, the first of them with the panel. */
const ragged = fc
  .array(
    fc.record({
      values: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 12, maxLength: 48 }),
      late: fc.integer({ min: 0, max: 14 }),
    }),
    { minLength: 5, maxLength: 7 },
  )
  .map((all) =>
    all.map(({ values: own, late }, i) => ({
      ...seriesOf(`i${i}`, own),
      first: 200 - own.length - (i === 0 ? 0 : late),
    })),
  );

test('changing any value of any item after a cutoff changes no backtest of that cutoff', async () => {
  const others = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 48, maxLength: 48 });
  await fc.assert(
    fc.asyncProperty(ragged, others, fc.nat(1), async (series, changes, ago) => {
      const request = { horizon, models: [...models, 'boosted-trees'], boostedTrees: { rounds: 5 } };
      const run = (list: readonly Series[]) => forecastPanel([quarterly(list)], request, registry);
      const { plan, backtests } = await run(series);
      const cutoff = cutoffOf(plan, windowCount(plan) - 1 - ago);
      const known = (all: typeof backtests) =>
        all.flatMap(({ items }) =>
          items.map(({ windows }, i) => windows.filter(({ origin }) => (series[i]?.first ?? 0) + origin <= cutoff)),
        );
      const forecasts = (all: typeof backtests) =>
        known(all).map((windows) => windows.map(({ window, origin, forecasts: found }) => [window, origin, found]));
      const changed = series.map((one) => ({
        ...one,
        values: one.values.map((value, t) => (one.first + t < cutoff ? value : (changes[t] ?? value))),
      }));
      expect(known(backtests).flat().length).toBeGreaterThan(0);
      expect(forecasts((await run(changed)).backtests)).toEqual(forecasts(backtests));
    }),
    { numRuns: 12 },
  );
});

test('neither the order of items nor their chunks change a forecast of the local models', async () => {
  await fc.assert(
    fc.asyncProperty(panel, async (series) => {
      const request = { horizon, models };
      const whole = await forecastPanel([quarterly(series)], request, registry);
      const apart = await forecastPanel(
        series.toReversed().map((one) => quarterly([one])),
        request,
        registry,
      );
      const byItem = new Map(apart.forecasts.map((one) => [one.item, one]));
      for (const one of whole.forecasts) {
        for (const [step, value] of one.mean.entries()) expect(byItem.get(one.item)?.mean[step]).toBeCloseTo(value, 8);
      }
    }),
    few,
  );
});
