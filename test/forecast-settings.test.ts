import type { Forecaster, ForecastJobProgress, Job } from '@bellwether/contracts';
import { expect, jest, test } from '@jest/globals';
import { clientOf } from './platform/client.ts';
import { startPlatform } from './platform/start-platform.ts';
import { numbers } from './platform/tables.ts';

jest.setTimeout(200_000);
const patience = 150_000;

/** Rare demand whose level has moved: old values mislead, so NPTS has a better decay than its default. */
function demand(): string {
  const next = numbers(3);
  const stamp = (at: number) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((part) =>
    Array.from({ length: 90 }, (_, at) => `${part},${stamp(at)},${(at < 60 ? 5 : 50) + Math.floor(6 * next())}`),
  );
  return ['part,day,demand', ...rows, ''].join('\n');
}

test('each predictor has its own windows and hyperparameters, and a search says what it has found', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const table = await user.upload('parts', demand(), { roles: { item: 'part', timestamp: 'day', target: 'demand' } });
  const { body } = await user.call<{ job: Job }>('POST', `/v1/datasets/${table.id}/forecasts`, {
    horizon: 5,
    windows: 3,
    predictors: [
      'theta',
      { name: 'drift', NumberOfBacktestWindows: 1 },
      { name: 'NPTS', NumberOfBacktestWindows: 2, search: true },
      { name: 'boosted-trees', hyperparameters: { rounds: 5, lags: 3 }, NumberOfBacktestWindows: 2 },
    ],
  });
  const job = await user.finished(body.job.id, patience);
  const result = job.result as unknown as ForecastJobProgress;

  const windows = Object.entries(result.models ?? {}).map(([model, metrics]) => [model, metrics.windows]);
  expect(Object.fromEntries(windows)).toEqual({
    ensemble: 1,
    theta: 3,
    drift: 1,
    npts: 2,
    'boosted-trees': 2,
    'seasonal-naive': 3,
  });
  expect(result.hyperparameters?.npts).toMatchObject({ tries: 12, hyperparameters: { kernel_type: 'exponential' } });
  expect(result.notes).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/the newest 1 that all of them have/),
      expect.stringMatching(/^npts: of 12 settings, .*exp_kernel_weights 0\.\d+.* was best, by \d+ %/),
    ]),
  );
  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/parts/forecasters');
  expect(listed.body.forecasters[0]?.hyperparameters).toEqual(result.hyperparameters);
  const rows = await user.call<{ rows: { model: string; window: number }[] }>(
    'GET',
    `/v1/datasets/${result.datasets?.backtests}/rows?limit=200`,
  );
  const drift = rows.body.rows.filter(({ model }) => model === 'drift');
  expect(new Set(drift.map(({ window }) => window))).toEqual(new Set([1]));
});
