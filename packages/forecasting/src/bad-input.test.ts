import { expect, test } from '@jest/globals';
import { forecastPanel } from './forecast-panel.ts';
import type { PanelChunk, Series } from './panel/series.ts';
import type { ForecastRequest } from './plan/forecast-plan.ts';

const chunkOf = (all: readonly (readonly number[])[]): PanelChunk => ({
  schema: { frequency: { unit: 'month', count: 1 }, known: [], attributes: [] },
  series: all.map(
    (values, i): Series => ({
      item: `item-${i}`,
      first: 0,
      values: Float64Array.from(values),
      known: [],
      attributes: new Float64Array(0),
    }),
  ),
});

const request: ForecastRequest = {
  horizon: 6,
  models: ['theta', 'mstl', 'boosted-trees'],
  boostedTrees: { rounds: 5 },
};
const forecast = (all: readonly (readonly number[])[], other: Partial<ForecastRequest> = {}) =>
  forecastPanel([chunkOf(all)], { ...request, ...other });

const wave = (length: number) => Array.from({ length }, (_, t) => 50 + 10 * Math.sin(t / 2) + (t % 5));

test.each<[string, readonly number[], string, number | undefined]>([
  ['always 0', Array(30).fill(0), 'all-zero', 0],
  ['always the same', Array(30).fill(3.5), 'constant', 3.5],
  ['one value', [8], 'one-value', 8],
  ['two values', [8, 9], 'short-history', undefined],
  ['six values', [8, 9, 7, 8, 9, 9], 'ensemble', undefined],
])('%s is forecast by the rule for it', async (_name, values, rule, expected) => {
  const { forecasts } = await forecast([values, wave(60), wave(48)]);
  const [first] = forecasts;
  expect(first?.rule).toBe(rule);
  expect(first?.mean.every((value) => Number.isFinite(value))).toBe(true);
  if (expected !== undefined) for (const value of first?.mean ?? []) expect(value).toBeCloseTo(expected, 0);
});

test('an item without a value is forecast as the panel is', async () => {
  const { forecasts } = await forecast([[], wave(60), wave(48)]);
  expect(forecasts[0]?.rule).toBe('no-history');
  expect(forecasts[0]?.mean[0]).toBeGreaterThan(20);
});

test('without any value at all there are zeros and an error', async () => {
  const { forecasts, problems } = await forecast([[], [Number.NaN]]);
  expect(problems.map(({ code, severity }) => [code, severity])).toContainEqual(['no-values', 'error']);
  expect(Array.from(forecasts[0]?.mean ?? [])).toEqual(Array(6).fill(0));
});

test('a horizon longer than the history is told and forecast', async () => {
  const { forecasts, problems } = await forecast([wave(20)], { horizon: 90 });
  expect(problems.map(({ code }) => code)).toContain('horizon-beyond-history');
  expect(forecasts[0]?.mean).toHaveLength(90);
  expect(forecasts[0]?.mean.every((value) => Number.isFinite(value))).toBe(true);
});

test('a gap of a year is bridged, and negative values are forecast as such', async () => {
  const gap = wave(60).map((value, t) => (t >= 20 && t < 32 ? Number.NaN : value));
  const below = wave(60).map((value) => value - 200);
  const { forecasts } = await forecast([gap, below]);
  for (const value of forecasts[0]?.mean ?? []) expect(value).toBeGreaterThan(20);
  for (const value of forecasts[1]?.mean ?? []) expect(value).toBeLessThan(-100);
});

test('values that are next to nothing make no error infinite', async () => {
  const { forecasts } = await forecast([[0, 0, 1e-323, 1], [0]]);
  for (const { quantiles } of forecasts) for (const level of quantiles) expect(level.every(Number.isFinite)).toBe(true);
});

test('an item of one 0 has quantiles in the unit of the others', async () => {
  const quantilesOf = async (unit: number) =>
    (await forecast([[0], [0, 0, unit, 0]], { models: ['naive'] })).forecasts[0]?.quantiles.at(-1)?.[0] ?? 0;
  const small = await quantilesOf(1);
  expect(small).toBeGreaterThan(0);
  expect(await quantilesOf(1024)).toBeCloseTo(1024 * small, 6);
});

test('ten thousand items of three values are forecast', async () => {
  const all = Array.from({ length: 10_000 }, (_, i) => [i % 7, i % 5, i % 3]);
  const { forecasts } = await forecast(all, { models: ['theta', 'drift', 'boosted-trees'] });
  expect(forecasts).toHaveLength(10_000);
  expect(forecasts.every(({ mean }) => mean.every(Number.isFinite))).toBe(true);
});

test.each<[string, Partial<ForecastRequest>]>([
  ['a horizon of 0', { horizon: 0 }],
  ['a horizon of a million', { horizon: 1e6 }],
  ['half a window', { windows: 0.5 }],
  ['no quantile', { quantiles: [] }],
  ['a quantile of 1', { quantiles: [0.5, 1] }],
  ['an unknown predictor', { models: ['prophet'] }],
])('%s is refused', async (_name, other) => {
  await expect(forecast([wave(30)], other)).rejects.toThrow(RangeError);
});
