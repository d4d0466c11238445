import { expect, test } from '@jest/globals';
import { forecastPanel } from './forecast-panel.ts';
import type { PanelChunk, Series } from './panel/series.ts';

const monthly = (item: string, length: number, level: number): Series => ({
  item,
  first: 0,
  values: Float64Array.from(
    { length },
    (_, t) => level * (1 + 0.01 * t + 0.3 * Math.sin((2 * Math.PI * t) / 12)) * (1 + 0.02 * Math.sin(7 * t * level)),
  ),
  known: [],
  attributes: new Float64Array(0),
});

const panel = (series: readonly Series[]): PanelChunk => ({
  schema: { frequency: { unit: 'month', count: 1 }, known: [], attributes: [] },
  series,
});

test('a panel of trend and season goes on as it was, with quantiles around it', async () => {
  const full = Array.from({ length: 8 }, (_, i) => monthly(`item-${i}`, 84, 10 * (i + 1)));
  const known = full.map((series) => ({ ...series, values: series.values.slice(0, 72) }));
  const { forecasts } = await forecastPanel([panel(known)], {
    horizon: 12,
    models: ['theta', 'mstl', 'boosted-trees'],
  });
  for (const [i, { mean, quantiles, windows, rule }] of forecasts.entries()) {
    const actual = full[i]?.values.subarray(72) as Float64Array;
    const error = actual.reduce((sum, value, step) => sum + Math.abs(value / (mean[step] as number) - 1), 0) / 12;
    expect(error).toBeLessThan(0.05);
    expect(quantiles).toHaveLength(3);
    expect(windows).toHaveLength(2);
    expect(rule).toBe('ensemble');
  }
});

test('items that are too short for any backtest have intervals too, as wide as their values change', async () => {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  const walk = (length: number) => {
    let level = 1000;
    return Float64Array.from({ length }, () => {
      level += Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      return level;
    });
  };
  const walks = Array.from({ length: 300 }, () => walk(7));
  const series = walks.map((values, i) => ({
    item: `item-${i}`,
    first: 600,
    values: values.slice(0, 3),
    known: [],
    attributes: new Float64Array(0),
  }));
  const schema = { frequency: { unit: 'month', count: 1 }, known: [], attributes: [] } as const;

  const { forecasts } = await forecastPanel([{ schema, series }], { horizon: 4 });

  let inside = 0;
  for (const [i, { quantiles }] of forecasts.entries()) {
    for (let step = 0; step < 4; step++) {
      const value = walks[i]?.[3 + step] as number;
      inside += Number(value >= (quantiles[0]?.[step] as number) && value <= (quantiles[2]?.[step] as number));
    }
  }
  expect(inside / (300 * 4)).toBeGreaterThan(0.7);
  expect(inside / (300 * 4)).toBeLessThan(0.92);
});
