import { join } from 'node:path';
import type { Forecaster, ForecastJobProgress, Job } from '@bellwether/contracts';
import { readConfig } from '@bellwether/platform';
import { openSageMaker, sageMakerSettings } from '@bellwether/sagemaker';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { openWarehouse } from '@bellwether/warehouse';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { crashableProcess } from '../crash/crashable-process.ts';
import { type Client, clientOf } from '../platform/client.ts';
import { startPlatform, type TestPlatform } from '../platform/start-platform.ts';
import { freePorts } from '../stack/free-ports.ts';
import { type SageMakerPeer, startSageMakerPeer } from './sagemaker-platform.ts';

// A job takes some ten processes, one after the other, and looks at SageMaker once a second.
jest.setTimeout(180_000);
const patience = 150_000;

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const isoDay = (at: number) => new Date(start + at * day).toISOString().slice(0, 10);
/** A week's rhythm, of another size for each shop. */
const level = (shop: number, at: number) => 100 * (shop + 1) + 20 * (at % 7);

interface Row {
  readonly shop: string;
  readonly day: string;
  readonly sales: number | '';
  readonly price: number;
}

/** What shops sold on days; of the last ones only the price is known. */
function sales(shops: number, days: number, future = 0): Row[] {
  return Array.from({ length: shops }, (_, shop) =>
    Array.from({ length: days + future }, (_, at) => ({
      // A name that looks like a number, and one that CSV has to quote.
      shop: ['007', 'shop "B", main', `shop-${shop}`][Math.min(shop, 2)] ?? '',
      day: isoDay(at),
      sales: at < days ? level(shop, at) : ('' as const),
      price: 5 + (at % 3),
    })),
  ).flat();
}

const quoted = (value: string | number) =>
  typeof value === 'string' && value !== '' ? `"${value.replaceAll('"', '""')}"` : value;
const csv = (rows: readonly object[]) =>
  [Object.keys(rows[0] ?? {}).join(','), ...rows.map((row) => Object.values(row).map(quoted).join(',')), ''].join('\n');

const progressOf = (job: Job) => job.result as unknown as ForecastJobProgress;

let peer: SageMakerPeer;
let started: TestPlatform;
let user: Client;

beforeAll(async () => {
  peer = await startSageMakerPeer();
  started = await startPlatform({ env: peer.env });
  user = clientOf(started.url, 'u1');
}, 300_000);
beforeEach(async () => await peer.server.control({ reset: true, step: 0.02 }));
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await peer[Symbol.asyncDispose]();
});

const callsOf = async (operation: string) => (await peer.server.calls()).filter((call) => call.operation === operation);
const roles = { item: 'shop', timestamp: 'day', target: 'sales' };
const submit = async (name: string, rows: readonly Row[], request: object = {}) => {
  const { id } = await user.upload(name, csv(rows), { roles });
  const body = { horizon: 7, backend: 'sagemaker', ...request };
  return (await user.call<{ job: Job }>('POST', `/v1/datasets/${id}/forecasts`, body)).body.job;
};
const forecast = async (name: string, rows: readonly Row[], request: object = {}) =>
  await user.finished((await submit(name, rows, request)).id, patience);

async function rowsOf(datasetId: string | undefined) {
  await user.settled(datasetId ?? '');
  const path = `/v1/datasets/${datasetId}/rows?limit=1000`;
  return (await user.call<{ rows: Record<string, string | number | null>[] }>('GET', path)).body.rows;
}

async function exchanged(jobId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of peer.store.list(`sagemaker/u1/${jobId}/`)) keys.push(key);
  return keys;
}

test('a request that says sagemaker is forecast by AutoML: the tables are those of forecasts that are made here', async () => {
  const job = await forecast('sales', sales(3, 84, 7), { known: ['price'], windows: 2 });

  expect(job.error).toBeUndefined();
  const { datasets, metrics, models, notes } = progressOf(job);
  const forecasts = await rowsOf(datasets?.forecasts);
  expect(Object.keys(forecasts[0] ?? {})).toEqual(['shop', 'day', 'mean', 'p10', 'p50', 'p90']);
  expect(forecasts.map(({ shop, day: at, mean }) => [shop, String(at).slice(0, 10), mean])).toEqual(
    ['007', 'shop "B", main', 'shop-2'].flatMap((shop, place) =>
      Array.from({ length: 7 }, (_, step) => [shop, isoDay(84 + step), level(place, 84 + step)]),
    ),
  );
  const backtests = await rowsOf(datasets?.backtests);
  expect(backtests).toHaveLength(3 * 2 * 7 * 3);
  expect(backtests.filter(({ model }) => model === 'ensemble').every(({ actual, mean }) => actual === mean)).toBe(true);
  expect(metrics).toMatchObject({ WAPE: 0, 'coverage[0.8]': 1 });
  expect(Object.keys(models ?? {})).toEqual(expect.arrayContaining(['ensemble', 'seasonal-naive']));
  expect(notes.join(' ')).toMatch(/AutoML of SageMaker chose .*AverageWeightedQuantileLoss 0\b/);

  const [asked] = await callsOf('CreateAutoMLJobV2');
  expect(asked?.request).toMatchObject({
    AutoMLJobObjective: { MetricName: 'AverageWeightedQuantileLoss' },
    AutoMLProblemTypeConfig: {
      TimeSeriesForecastingJobConfig: {
        ForecastFrequency: 'D',
        ForecastHorizon: 7,
        ForecastQuantiles: ['p10', 'p50', 'p90'],
        Transformations: { Filling: { known_0_price: { futurefill: 'median' } } },
      },
    },
  });
  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/sales/forecasters');
  expect(listed.body.forecasters).toMatchObject([{ version: 1, horizon: 7, items: 3, frequency: 'every day' }]);
  expect(await callsOf('DeleteModel')).toHaveLength(1);
  expect(await user.refusal('POST', '/v1/models/sales/forecasts', {})).toMatchObject({
    status: 422,
    body: { code: 'forecaster-managed' },
  });
});

test('a pipeline that says sagemaker ends in rows of the warehouse and a flag; with PerformDelete nothing else is left', async () => {
  const warehouse = await openWarehouse(started.platform.config);
  const columns = [
    { name: 'item_id', kind: 'text' },
    { name: 'timestamp', kind: 'date' },
    { name: 'target_value', kind: 'number' },
  ] as const;
  await warehouse.loadTable('managed_target', columns, [sales(2, 70).map((row) => [row.shop, row.day, row.sales])]);
  const key = { dataName: 'managed', dateCreate: '20261121' };
  const param = {
    DataName: 'managed',
    dateCreate: '20261121',
    ForecastHorizon: 7,
    PerformDelete: true,
    Models: ['CNN-QR', 'arn:aws:forecast:::algorithm/ETS'],
    Backend: 'sagemaker',
  };

  const { body } = await user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', { param });
  const job = await user.finished(body.job.id, patience);
  const parameters = await warehouse.readParameters(key);
  const values = await warehouse.describeTable('forecast_values');
  const count = values === undefined ? 0 : await warehouse.countRows(values);
  await warehouse.close();

  expect(job.error).toBeUndefined();
  expect(parameters).toMatchObject({ status: 'succeeded', forecastAvailable: true });
  expect(count).toBe(2 * 7 * 4);
  const [asked] = await callsOf('CreateAutoMLJobV2');
  expect(asked?.request).toMatchObject({
    AutoMLProblemTypeConfig: {
      TimeSeriesForecastingJobConfig: {
        CandidateGenerationConfig: { AlgorithmsConfig: [{ AutoMLAlgorithms: ['cnn-qr', 'ets'] }] },
      },
    },
  });
  expect(await exchanged(job.id)).toEqual([]);
  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/managed/forecasters');
  expect(listed.body.forecasters).toEqual([]);
});

test('items that are too short for AutoML are forecast here, and a note says how many', async () => {
  const young: Row[] = [80, 82].map((at) => ({ shop: 'young', day: isoDay(at), sales: 40, price: 5 }));

  const job = await forecast('young', [...sales(2, 84), ...young], { windows: 1 });

  expect(job.error).toBeUndefined();
  const rows = await rowsOf(progressOf(job).datasets?.forecasts);
  expect(rows.filter(({ shop }) => shop === 'young')).toHaveLength(7);
  expect(rows).toHaveLength(3 * 7);
  expect(progressOf(job).notes.join(' ')).toContain('Too short for AutoML: 1 items');
});

describe('what goes wrong there', () => {
  test('a job that fails there fails the forecast with SageMaker’s reason', async () => {
    await peer.server.control({ jobs: [{ fail: 'ClientError: the target has no values' }] });

    const job = await forecast('failing', sales(2, 60));

    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'sagemaker-failed', detail: 'ClientError: the target has no values' },
    });
  });

  test('a failed pipeline is cleaned up as well, and stays failed', async () => {
    await peer.server.control({ jobs: [{}, { fail: 'InternalServerError: no instance' }] });
    const warehouse = await openWarehouse(started.platform.config);
    const columns = [
      { name: 'item_id', kind: 'text' },
      { name: 'timestamp', kind: 'date' },
      { name: 'target_value', kind: 'number' },
    ] as const;
    await warehouse.loadTable('broken_target', columns, [sales(1, 60).map((row) => [row.shop, row.day, row.sales])]);
    const param = { DataName: 'broken', dateCreate: '20261121', ForecastHorizon: 7, PerformDelete: true };

    const request = { param: { ...param, Backend: 'sagemaker' } };
    const { body } = await user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', request);
    const job = await user.finished(body.job.id, patience);
    const parameters = await warehouse.readParameters({ dataName: 'broken', dateCreate: '20261121' });
    await warehouse.close();

    expect(job).toMatchObject({ status: 'failed', error: { code: 'sagemaker-failed' } });
    expect(parameters).toMatchObject({ status: 'failed', forecastAvailable: false });
    expect(await exchanged(job.id)).toEqual([]);
    expect(await callsOf('DeleteModel')).not.toHaveLength(0);
  });

  test('a quota that is used up, throttling and a refused look only make the forecast wait', async () => {
    await peer.server.control({
      calls: [
        { operation: 'CreateAutoMLJobV2', error: 'ResourceLimitExceeded' },
        { operation: 'DescribeAutoMLJobV2', error: 'ThrottlingException', times: 4 },
        { operation: 'CreateModel', error: 'ThrottlingException', times: 3 },
        { operation: 'CreateTransformJob', error: 'ResourceLimitExceeded' },
        { operation: 'DescribeTransformJob', error: 'ThrottlingException', times: 4 },
      ],
    });

    const job = await forecast('patient', sales(1, 60));

    expect(job.error).toBeUndefined();
    expect((await callsOf('CreateAutoMLJobV2')).length).toBe(2);
  });

  test('a cancelled forecast has its AutoML job stopped; one that somebody stops there fails', async () => {
    await peer.server.control({ jobs: [{ stall: 'TrainingModels' }, { stall: 'TrainingModels' }] });
    const cancelled = await submit('cancelled', sales(1, 60));
    await eventually('the job there asked for', async () => (await callsOf('CreateAutoMLJobV2')).length > 0, patience);
    await user.call('POST', `/v1/jobs/${cancelled.id}/cancel`);
    const stopped = await submit('stopped', sales(1, 60));
    await eventually('the other asked for', async () => (await callsOf('CreateAutoMLJobV2')).length > 1, patience);
    const sagemaker = await openSageMaker(sageMakerSettings(readConfig(peer.env)));
    const [, other] = await callsOf('CreateAutoMLJobV2');

    await sagemaker.stopAutoMl(String(other?.request.AutoMLJobName));
    sagemaker.close();

    expect((await user.finished(cancelled.id, patience)).status).toBe('cancelled');
    await eventually('both stopped', async () => (await callsOf('StopAutoMLJob')).length > 1, patience);
    expect(await user.finished(stopped.id, patience)).toMatchObject({
      status: 'failed',
      error: { code: 'sagemaker-stopped' },
    });
  });

  test('a forecast that is cancelled in its last step has its transform job stopped and its model deleted', async () => {
    await peer.server.control({ jobs: [{}, { stall: 'Transforming' }] });
    const job = await submit('late', sales(1, 60));
    await eventually('the transform asked for', async () => (await callsOf('CreateTransformJob')).length > 0, patience);

    await user.call('POST', `/v1/jobs/${job.id}/cancel`);

    expect((await user.finished(job.id, patience)).status).toBe('cancelled');
    await eventually('it stopped', async () => (await callsOf('StopTransformJob')).length > 0, patience);
    await eventually('the model deleted', async () => (await callsOf('DeleteModel')).length > 0, patience);
  });

  test('what AutoML does not take is refused at once, or with the data that show it', async () => {
    const { id } = await user.upload('refused', csv(sales(1, 20)), { roles });
    const ask = (request: object) =>
      user.refusal('POST', `/v1/datasets/${id}/forecasts`, { horizon: 4, backend: 'sagemaker', ...request });

    expect(await ask({ horizon: 501 })).toMatchObject({ status: 422, body: { code: 'horizon-unfit' } });
    expect(await ask({ quantiles: [0.025, 0.5] })).toMatchObject({ status: 422, body: { code: 'quantiles-unfit' } });
    expect(await ask({ predictors: ['theta'] })).toMatchObject({ status: 422, body: { code: 'predictor-unfit' } });
    expect(await ask({ frequency: 'B' })).toMatchObject({ status: 422, body: { code: 'frequency-unfit' } });
    expect(await forecast('brief', sales(1, 20), { horizon: 10 })).toMatchObject({
      status: 'failed',
      error: { code: 'history-short' },
    });
    expect(await callsOf('CreateAutoMLJobV2')).toEqual([]);
  });
});

test('kill -9 while AutoML runs loses nothing: the next process finds it, and asks for no second one', async () => {
  using folder = temporaryFolder();
  const port = await freePorts(1);
  const platform = crashableProcess({
    name: 'platform',
    script: 'packages/cli/src/main.ts',
    args: ['serve', '--port', String(port), '--data-dir', join(folder.path, 'data')],
    port,
    env: { ...peer.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    log: join(folder.path, 'log'),
  });
  await platform.start();
  const owner = clientOf(platform.url, 'u1');
  const { id } = await owner.upload('sales', csv(sales(2, 60)), { roles });
  // Slow enough to be running when the process is killed.
  await peer.server.control({ step: 0.5 });
  const request = { horizon: 7, backend: 'sagemaker' };
  const { body } = await owner.call<{ job: Job }>('POST', `/v1/datasets/${id}/forecasts`, request);
  await eventually('AutoML asked for', async () => (await callsOf('CreateAutoMLJobV2')).length > 0, patience);
  await platform.kill();
  await platform.start();
  await eventually('its forecasts asked for', async () => (await callsOf('CreateTransformJob')).length > 0, patience);
  await platform.kill();
  await platform.start();
  const job = await owner.finished(body.job.id, patience);
  await platform.stop();

  expect(job.error).toBeUndefined();
  expect(await callsOf('CreateAutoMLJobV2')).toHaveLength(1);
  expect(await callsOf('CreateTransformJob')).toHaveLength(1);
});
