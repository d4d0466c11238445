import { expect, test } from '@jest/globals';
import { itemQuantiles } from './item-quantiles.ts';
import { normalQuantile } from './normal-quantile.ts';
import { before, poolResiduals, withScale } from './residual-pool.ts';
import type { ItemResiduals } from './residuals.ts';
import { quantileOf, weightedSample } from './weighted-quantiles.ts';

const horizon = 8;

/** Reproducible draws that look normal: sums of twelve of a linear congruential generator's. */
const draws = (count: number, seed: number): number[] => {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6));
};

/** An item whose errors grow with the root of time, of a size of its own. */
const itemOf = (seed: number, size: number, windows: number): ItemResiduals => ({
  scale: 1,
  level: 100,
  windows: Array.from({ length: windows }, (_, window) => ({
    window,
    forecast: new Float64Array(horizon).fill(100),
    residuals: Float64Array.from(draws(horizon, seed * 1000 + window), (one, step) => size * one * Math.sqrt(step + 1)),
  })),
});

const levels = [0.1, 0.5, 0.9];

test('intervals of 80 % hold about 80 % of the next window, for items of any size of error', () => {
  const items = Array.from({ length: 60 }, (_, i) => itemOf(i + 1, 1 + (i % 3) * 4, 5));
  const pool = poolResiduals(
    items.map((item) => before(item, 4)),
    horizon,
  );
  let inside = 0;
  for (const item of items) {
    const last = item.windows[4];
    const [low, , high] = itemQuantiles(new Float64Array(horizon).fill(100), before(item, 4), pool, levels, true);
    last?.residuals.forEach((residual, step) => {
      inside += Number(100 + residual >= (low?.[step] as number) && 100 + residual <= (high?.[step] as number));
    });
  }
  expect(inside / (60 * horizon)).toBeGreaterThan(0.75);
  expect(inside / (60 * horizon)).toBeLessThan(0.88);
});

test('far steps have wider intervals than near ones, and noisy items than quiet ones', () => {
  const items = Array.from({ length: 40 }, (_, i) => itemOf(i + 1, 1 + (i % 2) * 4, 4));
  const pool = poolResiduals(items, horizon);
  const width = (item: ItemResiduals, step: number) => {
    const [low, , high] = itemQuantiles(new Float64Array(horizon).fill(100), item, pool, levels, true);
    return (high?.[step] as number) - (low?.[step] as number);
  };
  const [quiet, noisy] = items as [ItemResiduals, ItemResiduals];
  expect(width(quiet, 7)).toBeGreaterThan(1.8 * width(quiet, 0));
  expect(width(noisy, 3)).toBeGreaterThan(2 * width(quiet, 3));
});

test('quantiles of normal and of weighted samples are those of the tables', () => {
  expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655, 8);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.0902323062, 7);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  const sample = weightedSample(Float64Array.of(30, 10, 20), Float64Array.of(1, 1, 2));
  expect([0, 0.125, 0.5, 0.875, 1].map((level) => quantileOf(sample, level))).toEqual([10, 10, 20, 30, 30]);
  expect(quantileOf(weightedSample(new Float64Array(0), new Float64Array(0)), 0.5)).toBe(0);
});

test.each([0, 1e-103])('values of %p before all windows leave the scale to what was missed', (scale) => {
  const missed = { window: 0, forecast: Float64Array.of(0, 0), residuals: Float64Array.of(4, -2) };
  const item = { scale, level: scale, windows: [missed] };
  expect(withScale(item)).toMatchObject({ scale: 3, level: 0 });
  expect(withScale({ ...item, windows: [] }).scale).toBe(scale);
});
