import type { Dataset, Forecaster, ForecastJobProgress, Job, JobEvent } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { openWarehouse } from '@bellwether/warehouse';
import { expect, jest, test } from '@jest/globals';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';
import { numbers } from './platform/tables.ts';

// A job takes some ten processes, one after the other.
jest.setTimeout(120_000);
const patience = 90_000;

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const isoDay = (at: number) => new Date(start + at * day).toISOString().slice(0, 10);

/** Sales of some shops with a week's rhythm: what a shop sells on a day. */
function sales(shops: number, days: number) {
  const next = numbers(11);
  return Array.from({ length: shops }, (_, shop) =>
    Array.from({ length: days }, (_, at) => ({
      shop: `shop-${shop}`,
      day: isoDay(at),
      sales: Math.round(100 * (shop + 1) * (1 + 0.4 * Math.sin((2 * Math.PI * at) / 7)) + 10 * next()),
    })),
  ).flat();
}

const csv = (rows: readonly object[]) =>
  [Object.keys(rows[0] ?? {}).join(','), ...rows.map((row) => Object.values(row).join(',')), ''].join('\n');

const progressOf = (job: Job) => job.result as unknown as ForecastJobProgress;

async function rowsOf(user: Client, datasetId: string) {
  await user.settled(datasetId);
  const { body } = await user.call<{ rows: Record<string, unknown>[] }>(
    'GET',
    `/v1/datasets/${datasetId}/rows?limit=1000`,
  );
  return body.rows;
}

test('a dataset is forecast: a job with steps, forecasts with quantiles, backtests with scores, and a forecaster', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const table = await user.upload('sales', csv(sales(6, 120)), {
    roles: { item: 'shop', timestamp: 'day', target: 'sales' },
  });

  const answer = await user.call<{ job: Job }>('POST', `/v1/datasets/${table.id}/forecasts`, { horizon: 14 });
  expect(answer).toMatchObject({ status: 202, body: { job: { kind: 'forecast', model: 'sales' } } });
  const job = await user.finished(answer.body.job.id, patience);

  expect(job.error).toBeUndefined();
  const { datasets, metrics } = progressOf(job);
  const forecasts = await rowsOf(user, datasets?.forecasts ?? '');
  expect(forecasts).toHaveLength(6 * 14);
  expect(Object.keys(forecasts[0] ?? {})).toEqual(['shop', 'day', 'mean', 'p10', 'p50', 'p90']);
  expect(forecasts[0]).toMatchObject({ shop: 'shop-0', day: expect.stringContaining(isoDay(120)) });
  for (const { p10, p50, p90 } of forecasts as Record<string, number>[]) {
    expect([p10, p50, p90]).toEqual([p10, p50, p90].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  }
  expect(metrics).toMatchObject({ MASE: expect.any(Number), wQL: expect.any(Number), WAPE: expect.any(Number) });
  expect(metrics?.WAPE).toBeLessThan(0.1);
  const backtests = await rowsOf(user, datasets?.backtests ?? '');
  expect(new Set(backtests.map(({ model }) => model))).toContain('ensemble');

  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/sales/forecasters');
  expect(listed.body.forecasters).toMatchObject([
    { model: 'sales', version: 1, horizon: 14, frequency: 'every day', items: 6, metrics },
  ]);
  const timeline = await eventually('the end in the timeline', async () => {
    const { body } = await user.call<{ events: JobEvent[] }>('GET', `/v1/jobs/${job.id}/events`);
    return body.events.some(({ type }) => type === 'forecast.finished') && body.events.map(({ type }) => type);
  });
  expect(timeline).toEqual(
    expect.arrayContaining([
      'forecast.requested',
      'panel.prepared',
      'forecaster.trained',
      'forecasts.made',
      'scores.written',
    ]),
  );
});

test('items that are too short for a backtest are forecast all the same, without scores', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const table = await user.upload('sales', csv(sales(4, 3)));

  const body = { item: 'shop', time: 'day', target: 'sales', horizon: 14 };
  const answer = await user.call<{ job: Job }>('POST', `/v1/datasets/${table.id}/forecasts`, body);
  const job = await user.finished(answer.body.job.id, patience);

  expect(job.error).toBeUndefined();
  const { datasets, metrics } = progressOf(job);
  expect(await rowsOf(user, datasets?.forecasts ?? '')).toHaveLength(4 * 14);
  expect({ backtests: datasets?.backtests, metrics }).toEqual({ backtests: undefined, metrics: {} });
});

const param = { DataName: 'sales', ForecastHorizon: 7, NumberOfBacktestWindows: 2, dateCreate: '20261121' };

async function warehouseWith(started: TestPlatform, rows: ReturnType<typeof sales>) {
  const warehouse = await openWarehouse(started.platform.config);
  const columns = [
    { name: 'item_id', kind: 'text' },
    { name: 'timestamp', kind: 'date' },
    { name: 'target_value', kind: 'number' },
  ] as const;
  await warehouse.loadTable('sales_target', columns, [
    rows.map(({ shop, day: at, sales: value }) => [shop, at, value]),
  ]);
  return warehouse;
}

test('a pipeline reads its tables from the warehouse and writes forecasts, scores and a flag there', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const warehouse = await warehouseWith(started, sales(3, 90));

  const answer = await user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', { param });
  const job = await user.finished(answer.body.job.id, patience);

  expect(job.status).toBe('succeeded');
  const key = { dataName: 'sales', dateCreate: '20261121' };
  expect(await warehouse.readParameters(key)).toMatchObject({
    status: 'succeeded',
    forecastAvailable: true,
    reason: null,
  });
  const values = await warehouse.describeTable('forecast_values');
  expect(values && (await warehouse.countRows(values))).toBe(3 * 7 * 4);
  await warehouse.close();
});

test('with PerformDelete nothing is left but what is in the warehouse', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const warehouse = await warehouseWith(started, sales(2, 60));

  const body = { param: { ...param, PerformDelete: true } };
  const answer = await user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', body);
  const job = await user.finished(answer.body.job.id, patience);

  expect(progressOf(job)).toMatchObject({ step: 'clean-up', discarded: expect.arrayContaining(['training']) });
  expect(await warehouse.readParameters({ dataName: 'sales', dateCreate: '20261121' })).toMatchObject({
    forecastAvailable: true,
  });
  await warehouse.close();
  const datasets = await user.call<{ datasets: Dataset[] }>('GET', '/v1/datasets');
  expect(datasets.body.datasets).toEqual([]);
  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/sales/forecasters');
  expect(listed.body.forecasters).toEqual([]);
  const keys: string[] = [];
  for (const prefix of ['panels/', 'forecasters/', 'forecasts/', 'tables/']) {
    for await (const object of started.platform.store.list(prefix)) keys.push(object.key);
  }
  expect(keys).toEqual([]);
});

test('a pipeline whose table is missing fails in its first step, and the warehouse says why', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');

  const body = { param: { ...param, DataName: 'nothing' } };
  const answer = await user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', body);
  const job = await user.finished(answer.body.job.id, patience);

  expect(job).toMatchObject({ status: 'failed', error: { code: 'warehouse-table-missing' } });
  const warehouse = await openWarehouse(started.platform.config);
  const row = await warehouse.readParameters({ dataName: 'nothing', dateCreate: '20261121' });
  expect(row).toMatchObject({ status: 'failed', reason: expect.stringContaining('nothing_target') });
  await warehouse.close();
});
