import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Forecaster, ForecastJobProgress, Job } from '@bellwether/contracts';
import { temporaryFolder } from '@bellwether/testkit';
import { openWarehouse } from '@bellwether/warehouse';
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

/** Midnights of Berlin, winter and summer: in UTC they are late in the evening before. */
const midnights = (from: number, days: number) =>
  Array.from({ length: days }, (_, i) => {
    const at = new Date(Date.UTC(2024, 1, from + i));
    const ahead = at.toISOString() > '2024-03-31T01' ? 2 : 1;
    const stamp = new Date(at.getTime() - ahead * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    return ['a', stamp, 40 + 5 * ((from + i) % 7) + ((i * i) % 3)];
  });

test('days are those of the zone that is named, in forecasts and where real values are compared with them', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const warehouse = await openWarehouse(started.platform.config);
  const columns = [
    { name: 'item_id', kind: 'text' },
    { name: 'timestamp', kind: 'timestamp' },
    { name: 'target_value', kind: 'number' },
  ] as const;
  await warehouse.loadTable('power_target', columns, [midnights(1, 90)]);
  await warehouse.loadTable('power_validation', columns, [midnights(91, 4)]);
  const param = { DataName: 'power', ForecastHorizon: 4, dateCreate: '20240501', Models: ['seasonal-naive'] };
  const ask = (TimeZone: string) =>
    user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', { param: { ...param, TimeZone } });

  expect((await ask('Europe/Berlim')).body).toMatchObject({ code: 'time-zone-unknown' });
  const { body } = await ask('Europe/Berlin');
  const { result } = await user.finished(body.job.id, patience);
  const { datasets } = result as unknown as ForecastJobProgress;
  const rows = `/v1/datasets/${datasets?.forecasts}/rows`;
  const { body: table } = await user.call<{ rows: { timestamp: string }[] }>('GET', rows);
  const days = table.rows.map(({ timestamp }) => timestamp.slice(0, 10));
  expect(days).toEqual(['2024-05-01', '2024-05-02', '2024-05-03', '2024-05-04']);
  const metrics = await warehouse.describeTable('forecast_metrics');
  using folder = temporaryFolder();
  const path = join(folder.path, 'metrics.csv');
  await warehouse.exportTable(metrics as NonNullable<typeof metrics>, path, { format: 'csv' });
  expect(readFileSync(path, 'utf8')).toMatch(/ensemble,validation,.*WAPE/);
  await warehouse.close();
});
