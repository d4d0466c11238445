import type { Forecaster, Job } from '@bellwether/contracts';
import { openDatabase } from '@bellwether/database';
import { readConfig } from '@bellwether/platform';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type CrashablePlatform, startAll, stopAll } from './crash/crashable-platform.ts';
import { ended } from './crash/follow.ts';
import { killInEachStep, loadSales, resultsOf } from './crash/forecast-pipeline.ts';
import { oneProcess } from './crash/one-process.ts';
import { type PersistentClient, persistentClient } from './crash/persistent-client.ts';
import { freePorts } from './stack/free-ports.ts';

/** A lease that the killed process held ends soon. */
const impatient = { VISIBILITY_SECONDS: '3' };
const patience = 120_000;
const ofForecasts = ['panels/', 'forecasters/', 'forecasts/', 'tables/', 'derived/'];

async function pipeline(client: PersistentClient, dateCreate: string, PerformDelete: boolean): Promise<string> {
  const param = { DataName: 'sales', ForecastHorizon: 7, NumberOfBacktestWindows: 2, PerformDelete, dateCreate };
  const { body } = await client.call('POST', '/v1/forecast-pipelines', { param }, dateCreate);
  return (body as { job: Job }).job.id;
}

async function left(platform: CrashablePlatform): Promise<string[]> {
  return (await platform.objects()).filter((key) => ofForecasts.some((prefix) => key.startsWith(prefix)));
}

test('killed in each of its steps, a pipeline writes what an undisturbed one does, and cleans up', async () => {
  using folder = temporaryFolder();
  const config = readConfig({ DATA_DIR: folder.path });
  const platform = oneProcess(folder.path, await freePorts(1));
  const [server] = platform.processes;
  const giveUp = new AbortController();
  const client = persistentClient(platform.url, 'u1', giveUp.signal);
  await loadSales(config, 'sales', 3, 90);
  await startAll(platform, impatient);
  const kill = () => (server === undefined ? [] : [server]);
  try {
    await ended(client, await pipeline(client, '20260101', false), patience);
    const undisturbed = await resultsOf(config, 'sales', '20260101');

    const kept = await pipeline(client, '20260102', false);
    const killedIn = await killInEachStep(client, kept, kill, patience);
    const cleaned = await pipeline(client, '20260103', true);
    const cleanedIn = await killInEachStep(client, cleaned, kill, patience);

    expect(undisturbed).toMatchObject({ status: 'succeeded', forecastAvailable: true });
    expect(undisturbed.forecasts).toHaveLength(3 * 7 * 4);
    expect(await resultsOf(config, 'sales', '20260102')).toEqual(undisturbed);
    expect(await resultsOf(config, 'sales', '20260103')).toEqual(undisturbed);
    expect(killedIn.slice(0, 2)).toEqual(['export', 'import']);
    expect(killedIn).toEqual(expect.arrayContaining(['forecast', 'export-results']));
    expect(cleanedIn).toContain('clean-up');
    const listed = await client.call('GET', '/v1/models/sales/forecasters');
    expect((listed.body as { forecasters: Forecaster[] }).forecasters.map(({ version }) => version)).toEqual([2, 1]);

    // Once more, with nothing too young to be swept.
    await server?.kill();
    await server?.start({ ...impatient, SWEEP_AFTER_SECONDS: '0' });
    const kinds = await eventually(
      'everything swept',
      async () => {
        const keys = await left(platform);
        const jobs = new Set(keys.filter((key) => /^(panels|forecasters)/.test(key)).map((key) => key.split('/')[2]));
        const counts = Object.fromEntries(
          ofForecasts.map((kind) => [kind, keys.filter((key) => key.startsWith(kind))]),
        );
        return (
          jobs.size === 2 && (counts['forecasts/'] ?? []).length + (counts['derived/'] ?? []).length === 0 && counts
        );
      },
      patience,
    );
    // Of the two that were kept: an index and a chunk; the target, its forecasts and backtests.
    expect([kinds['panels/']?.length, kinds['tables/']?.length]).toEqual([2 * 2, 2 * 3]);
  } finally {
    giveUp.abort();
    await stopAll(platform);
  }
  const database = openDatabase(platform.databaseUrl);
  const dead = await database.read.selectFrom('dead_letters').select(['type', 'reasons']).execute();
  const jobs = await database.read.selectFrom('jobs').select('status').execute();
  const fits = await database.read.selectFrom('forecast_fits').select('job_id').distinct().execute();
  await database.close();
  expect(dead).toEqual([]);
  expect(jobs.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(fits).toHaveLength(2);
}, 400_000);
