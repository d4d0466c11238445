import type { ForecastJobProgress, ForecastStep } from '@bellwether/contracts';
import { getJob } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { type IngestCase, ingestCase } from '../../test/ingest-case.ts';
import {
  finishForecast,
  requestForecaster,
  requestForecasts,
  requestPanel,
  showBacktests,
} from './advance-forecast.ts';
import { forecasterIsGone, forecastsAreGone, panelIsGone } from './clean-forecast.ts';
import { cancelForecast, failOnForecaster } from './fail-forecast.ts';

const jobId = 'job_f';
const plan = {
  source: { kind: 'datasets' },
  datasets: { target: 'ds_1', related: 'ds_r', forecasts: 'ds_f', backtests: 'ds_b' },
  columns: { time: 'day', target: 'sales' },
  horizon: 7,
  quantiles: [0.5],
  windows: 1,
  notes: [],
  seed: 0,
};

/** A running forecast at a step. */
function forecastAt(
  step: ForecastStep,
  { performDelete = false, ...known }: Partial<ForecastJobProgress & { performDelete: boolean }> = {},
) {
  const progress: ForecastJobProgress = { step, began: { export: 1 }, notes: [], ...known };
  const job = { id: jobId, kind: 'forecast', status: 'running', dataset_id: null } as const;
  return ingestCase({
    jobs: [
      {
        ...job,
        model: 'sales',
        plan: JSON.stringify({ ...plan, performDelete }),
        result: JSON.stringify(progress),
      },
    ],
    datasets: [{ id: 'ds_f' }, { id: 'ds_b' }, { id: 'ds_1' }],
  });
}

async function jobOf({ database }: IngestCase) {
  const job = await getJob(database.read, jobId);
  return { ...job, progressed: JSON.parse(job?.result ?? '{}') as ForecastJobProgress };
}

const typesOf = (messages: readonly { readonly type: string }[]) => messages.map(({ type }) => type);
const prepared = { jobId, panelKey: 'panels/p', items: 1, notes: ['filled'] };
const scored = { jobId, metrics: { MASE: 1 }, models: {} };

test('each answer begins the next step and keeps what it brought', async () => {
  await using ingest = await forecastAt('export');

  expect(typesOf(await ingest.handle(requestPanel, { jobId, related: true, validation: false }))).toEqual([
    'panel.requested',
  ]);
  expect(typesOf(await ingest.handle(requestForecaster, prepared))).toEqual(['forecaster.requested']);
  expect(await ingest.handle(showBacktests, { jobId })).toEqual([]);
  expect(typesOf(await ingest.handle(requestForecasts, { jobId, version: 3 }))).toEqual(['forecasts.requested']);

  const { progressed } = await jobOf(ingest);
  expect(progressed).toMatchObject({
    step: 'forecast',
    related: true,
    panelKey: 'panels/p',
    version: 3,
    notes: ['filled'],
  });
  expect(Object.keys(progressed.began)).toEqual(['export', 'import', 'train-predictors', 'backtest', 'forecast']);
});

test('an answer that comes twice changes nothing the second time', async () => {
  await using ingest = await forecastAt('import');
  await ingest.handle(requestForecaster, prepared);
  const before = await jobOf(ingest);

  expect(await ingest.handle(requestForecaster, prepared)).toEqual([]);
  expect(await jobOf(ingest)).toEqual(before);
});

test('an answer to a step that is over, or not begun, changes nothing', async () => {
  await using ingest = await forecastAt('forecast');
  const before = await jobOf(ingest);

  expect(await ingest.handle(requestPanel, { jobId, related: false, validation: false })).toEqual([]);
  expect(await ingest.handle(requestForecaster, prepared)).toEqual([]);
  expect(await ingest.handle(showBacktests, { jobId })).toEqual([]);
  expect(await ingest.handle(finishForecast, scored)).toEqual([]);
  expect(await jobOf(ingest)).toEqual(before);
});

test('a forecaster that is trained before its predictors were said to be takes the step itself', async () => {
  await using ingest = await forecastAt('train-predictors');

  expect(typesOf(await ingest.handle(requestForecasts, { jobId, version: 1 }))).toEqual(['forecasts.requested']);
  expect(await ingest.handle(showBacktests, { jobId })).toEqual([]);
  expect((await jobOf(ingest)).progressed.step).toBe('forecast');
});

test('a job of another kind, or one that ended, is left alone', async () => {
  await using ingest = await ingestCase({
    jobs: [
      { id: 'job_t', kind: 'training', status: 'running', result: null },
      {
        id: jobId,
        kind: 'forecast',
        status: 'succeeded',
        plan: JSON.stringify(plan),
        result: '{"step":"import","notes":[]}',
      },
    ],
  });

  for (const id of ['job_t', jobId, 'job_none']) {
    expect(await ingest.handle(requestForecaster, { ...prepared, jobId: id })).toEqual([]);
  }
});

test('without PerformDelete the job ends when its scores are written, and its tables stay', async () => {
  await using ingest = await forecastAt('export-results');

  expect(typesOf(await ingest.handle(finishForecast, scored))).toEqual(['forecast.finished']);
  expect(await jobOf(ingest)).toMatchObject({
    status: 'succeeded',
    progressed: { step: 'notify', metrics: { MASE: 1 } },
  });
  expect(await ingest.dataset('ds_f')).toBeDefined();
});

test('with PerformDelete it ends after three services have removed what was theirs; a table of the user stays', async () => {
  await using ingest = await forecastAt('export-results', { performDelete: true });

  expect(typesOf(await ingest.handle(finishForecast, scored))).toEqual(['forecast.discarded']);
  expect(await ingest.handle(panelIsGone, { jobId })).toEqual([]);
  expect(await ingest.handle(panelIsGone, { jobId })).toEqual([]);
  expect(await ingest.handle(forecastsAreGone, { jobId })).toEqual([]);
  expect((await jobOf(ingest)).status).toBe('running');
  expect(typesOf(await ingest.handle(forecasterIsGone, { jobId }))).toEqual(['forecast.finished']);

  expect((await jobOf(ingest)).status).toBe('succeeded');
  expect([await ingest.dataset('ds_f'), await ingest.dataset('ds_b')]).toEqual([undefined, undefined]);
  expect(await ingest.dataset('ds_1')).toBeDefined();
  expect(await ingest.handle(forecasterIsGone, { jobId })).toEqual([]);
});

test('a failure is cleaned up as well, and stays a failure', async () => {
  await using ingest = await forecastAt('train-predictors', { performDelete: true });

  const failure = { jobId, code: 'too-short', reasons: ['There is one value.'] };
  expect(typesOf(await ingest.handle(failOnForecaster, failure))).toEqual(['forecast.discarded']);
  // What was still under way answers, and is old news.
  expect(await ingest.handle(requestForecasts, { jobId, version: 1 })).toEqual([]);
  for (const gone of [panelIsGone, forecasterIsGone, forecastsAreGone]) await ingest.handle(gone, { jobId });

  expect(await jobOf(ingest)).toMatchObject({
    status: 'failed',
    error_code: 'too-short',
    error_detail: 'There is one value.',
  });
});

test('a clean-up that fails does not turn a success into a failure, nor keep the job open', async () => {
  await using ingest = await forecastAt('clean-up', { performDelete: true });

  await ingest.handle(failOnForecaster, { jobId, reasons: ['the bucket is away'] });

  expect((await jobOf(ingest)).status).toBe('succeeded');
});

test('a cancelled forecast is cleaned up and stays cancelled', async () => {
  await using ingest = await forecastAt('backtest', { performDelete: true });

  const asked = { jobId, kind: 'forecast' } as const;
  expect(typesOf(await ingest.handle(cancelForecast, asked))).toEqual(['forecast.discarded']);
  for (const gone of [panelIsGone, forecasterIsGone, forecastsAreGone]) await ingest.handle(gone, { jobId });

  expect(await jobOf(ingest)).toMatchObject({ status: 'cancelled', error_code: 'cancelled' });
});
