import { expect, test } from '@jest/globals';
import { itemWeights } from '../ensemble/weights.ts';
import { forecastPanel } from '../forecast-panel.ts';
import type { PanelChunk, Series } from '../panel/series.ts';
import type { ForecastRequest } from './forecast-plan.ts';

const noise = (t: number, i: number) => ((Math.imul(t * 31 + i * 17 + 7, 0x9e3779b1) >>> 0) % 1000) / 100;

const item = (i: number): Series => ({
  item: `item-${i}`,
  first: 0,
  values: Float64Array.from({ length: 80 }, (_, t) => 50 + 0.2 * t + 5 * Math.sin((2 * Math.PI * t) / 4) + noise(t, i)),
  known: [],
  attributes: new Float64Array(0),
});
const panel: PanelChunk = {
  schema: { frequency: { unit: 'quarter', count: 1 }, known: [], attributes: [] },
  series: Array.from({ length: 6 }, (_, i) => item(i)),
};

const request: ForecastRequest = {
  horizon: 4,
  windows: 3,
  models: ['theta', 'drift', 'boosted-trees'],
  boostedTrees: { rounds: 5 },
};
const run = (other: Partial<ForecastRequest> = {}) => forecastPanel([panel], { ...request, ...other });

test('each model is backtested in its own number of windows, and in as many more before them as the others', async () => {
  const { plan, backtests } = await run({ modelWindows: { drift: 1, 'boosted-trees': 2 } });
  const count = (name: string) =>
    backtests[0]?.items[0]?.windows.filter(({ forecasts }) => forecasts[name] !== undefined).length;
  const more = plan.calibrationWindows;
  expect([count('theta'), count('boosted-trees'), count('drift')]).toEqual([3 + more, 2 + more, 1 + more]);
  expect(count('seasonal-naive')).toBe(3 + more);
});

test('models are weighted and the mixture is reported by the windows that all of them have', async () => {
  const { forecasts, problems } = await run({ modelWindows: { drift: 1 } });
  const alone = await run({ windows: 1 });
  expect(forecasts[0]?.windows).toHaveLength(1);
  expect(problems.find(({ code }) => code === 'windows-differ')?.detail).toContain(
    'the newest 1 that all of them have',
  );
  expect(alone.problems.map(({ code }) => code)).not.toContain('windows-differ');
});

test('windows that a member lacks change no weight', async () => {
  const { plan, backtests } = await run({ modelWindows: { drift: 1 } });
  const [backtest] = backtests[0]?.items ?? [];
  if (backtest === undefined) throw new Error('There is no backtest.');
  const none = { relativeErrors: {}, sample: [] };
  const names = ['theta', 'drift', 'boosted-trees', 'seasonal-naive'];
  const [oldest, ...newer] = backtest.windows;
  const spoilt = { ...oldest, forecasts: { ...oldest?.forecasts, theta: new Float64Array(4).fill(-9999) } };
  const other = { ...backtest, windows: [spoilt as (typeof newer)[number], ...newer] };
  expect(oldest?.forecasts.drift).toBeUndefined();
  expect(itemWeights(other, none, plan, names)).toEqual(itemWeights(backtest, none, plan, names));
  const { modelWindows: _, ...equal } = plan;
  expect(itemWeights(other, none, equal, names)).not.toEqual(itemWeights(backtest, none, equal, names));
});
