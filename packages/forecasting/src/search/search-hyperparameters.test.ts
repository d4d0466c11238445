import { expect, test } from '@jest/globals';
import { forecastPanel } from '../forecast-panel.ts';
import type { PanelChunk, Series } from '../panel/series.ts';
import type { ForecastRequest } from '../plan/forecast-plan.ts';
import { cutoffOf } from '../plan/windows.ts';
import { candidatesOf } from './search-space.ts';

/** Rare demand whose level has moved: old values mislead, so a fast decay is right. */
const moved = (i: number, length = 60): Series => ({
  item: `item-${i}`,
  first: 0,
  values: Float64Array.from(
    { length },
    (_, t) => (t < length - 24 ? 5 : 60) + ((Math.imul(t * 31 + i * 17 + 7, 0x9e3779b1) >>> 0) % 7),
  ),
  known: [],
  attributes: new Float64Array(0),
});
const panelOf = (series: readonly Series[]): PanelChunk => ({
  schema: { frequency: { unit: 'year', count: 1 }, known: [], attributes: [] },
  series,
});
const panel = panelOf(Array.from({ length: 8 }, (_, i) => moved(i)));
const request: ForecastRequest = { horizon: 4, models: ['npts'], search: ['npts'] };

test('what a search finds is used, and told beside what there was before', async () => {
  const { found, plan, backtests } = await forecastPanel([panel], request);
  expect(found.npts?.hyperparameters.exp_kernel_weights).toBeGreaterThan(0.01);
  expect(found.npts?.error).toBeLessThan(0.9 * (found.npts?.errorBefore ?? 0));
  expect(plan.hyperparameters?.npts).toEqual(found.npts?.hyperparameters);
  const off = await forecastPanel([panel], { ...request, search: [] });
  expect(off.found).toEqual({});
  const latest = (all: typeof backtests) => all[0]?.items[0]?.windows.at(-1)?.forecasts.npts?.[0] ?? Number.NaN;
  expect(latest(off.backtests)).toBeLessThan(0.9 * latest(backtests));
});

test('what is given is not searched for', async () => {
  const { found, plan } = await forecastPanel([panel], {
    ...request,
    hyperparameters: { npts: { exp_kernel_weights: 0.02 } },
  });
  expect(found.npts?.hyperparameters).not.toHaveProperty('exp_kernel_weights');
  expect(plan.hyperparameters?.npts?.exp_kernel_weights).toBe(0.02);
});

test('rounds, learning rate, depth and lags of boosted trees are searched for, the same whatever the chunks', async () => {
  const trees: ForecastRequest = { horizon: 4, models: ['boosted-trees'], search: 'all', windows: 1 };
  const whole = await forecastPanel([panel], trees);
  const apart = await forecastPanel([panelOf(panel.series.slice(0, 3)), panelOf(panel.series.slice(3))], trees);
  expect(whole.plan.search).toEqual({ 'boosted-trees': ['rounds', 'eta', 'maxDepth', 'lags'] });
  expect(whole.found['boosted-trees']?.tries).toBe(12);
  expect(apart.found).toEqual(whole.found);
  expect(whole.plan.boostedTrees).toMatchObject(whole.found['boosted-trees']?.hyperparameters ?? {});
});

test('no value of a reported window decides on what is found', async () => {
  const { plan, found } = await forecastPanel([panel], request);
  const cutoff = cutoffOf(plan, plan.calibrationWindows);
  const other = panelOf(
    panel.series.map((one) => ({ ...one, values: one.values.map((value, t) => (t < cutoff ? value : 1e4 + t)) })),
  );
  expect((await forecastPanel([other], request)).found).toEqual(found);
});

test('histories without a window before the reported ones are not searched on, which is told', async () => {
  const short = panelOf(Array.from({ length: 6 }, (_, i) => moved(i, 8)));
  const { found, problems } = await forecastPanel([short], request);
  expect(found).toEqual({});
  expect(problems.map(({ code }) => code)).toContain('search-skipped');
});

test('candidates begin with what there is, are few, differ, and follow from the seed', () => {
  const open = ['rounds', 'eta', 'maxDepth', 'lags'];
  const drawn = candidatesOf('boosted-trees', open, 7);
  expect(drawn[0]).toEqual({});
  expect(new Set(drawn.map((one) => JSON.stringify(one))).size).toBe(12);
  expect(candidatesOf('boosted-trees', open, 7)).toEqual(drawn);
  expect(candidatesOf('boosted-trees', open, 8)).not.toEqual(drawn);
  expect(candidatesOf('tsb', ['alpha_d'], 0).length).toBeLessThanOrEqual(5);
});
