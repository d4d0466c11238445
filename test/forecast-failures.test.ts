import type { Dataset, Forecaster, ForecastJobProgress, Job } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { openWarehouse } from '@bellwether/warehouse';
import { expect, jest, test } from '@jest/globals';
import { loadSales } from './crash/forecast-pipeline.ts';
import { type Client, clientOf } from './platform/client.ts';
import { startPlatform, type TestPlatform } from './platform/start-platform.ts';

jest.setTimeout(150_000);
const patience = 120_000;

const key = { dataName: 'sales', dateCreate: '20261121' };

async function start(user: Client): Promise<string> {
  const param = { DataName: 'sales', ForecastHorizon: 7, PerformDelete: true, dateCreate: key.dateCreate };
  const { body } = await user.call<{ job: Job }>('POST', '/v1/forecast-pipelines', { param });
  return body.job.id;
}

/** All that is left of a forecast besides its job. */
async function leftOf({ platform }: TestPlatform, user: Client) {
  const objects: string[] = [];
  for (const prefix of ['panels/', 'forecasters/', 'forecasts/', 'tables/', 'derived/']) {
    for await (const object of platform.store.list(prefix)) objects.push(object.key);
  }
  const { datasets } = (await user.call<{ datasets: Dataset[] }>('GET', '/v1/datasets')).body;
  const listed = await user.call<{ forecasters: Forecaster[] }>('GET', '/v1/models/sales/forecasters');
  return { objects, datasets, forecasters: listed.body.forecasters };
}

const nothing = { objects: [], datasets: [], forecasters: [] };

test('a pipeline that fails in its last steps is cleaned up all the same, and stays a failure', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  await loadSales(started.platform.config, 'sales', 2, 60);
  const warehouse = await openWarehouse(started.platform.config);
  await warehouse.migrate();
  // Whoever did this has other plans with the table: results cannot be written into it.
  await warehouse.loadTable('forecast_values', [{ name: 'other', kind: 'text' }], [[['row']]], { replace: true });

  const job = await user.finished(await start(user), patience);

  expect(job).toMatchObject({ status: 'failed', error: { code: expect.stringMatching(/^warehouse-/) } });
  expect(await leftOf(started, user)).toEqual(nothing);
  expect(await warehouse.readParameters(key)).toMatchObject({
    status: 'failed',
    reason: job.error?.detail,
    forecastAvailable: false,
  });
  await warehouse.close();
});

test('a pipeline that is cancelled is cleaned up, and the warehouse says so', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  await loadSales(started.platform.config, 'sales', 3, 120);

  const id = await start(user);
  await eventually(
    'it learns',
    async () => {
      const { body } = await user.call<Job>('GET', `/v1/jobs/${id}`);
      const { step } = body.result as unknown as ForecastJobProgress;
      return step === 'train-predictors' || step === 'backtest';
    },
    patience,
  );
  await user.call('POST', `/v1/jobs/${id}/cancel`, {});
  const job = await user.finished(id, patience);

  expect(job).toMatchObject({ status: 'cancelled' });
  expect(await leftOf(started, user)).toMatchObject({ datasets: [], forecasters: [] });
  const warehouse = await openWarehouse(started.platform.config);
  expect(await warehouse.readParameters(key)).toMatchObject({ status: 'cancelled', forecastAvailable: false });
  await warehouse.close();
});
