import { emit, flow } from '@bellwether/contracts';
import { getJob, insertDataset, type JobTable, type Tx } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { derivedRow } from '../domain/derived-row.ts';
import { advance } from '../forecasts/advance.ts';
import { failForecast } from '../forecasts/end-forecast.ts';
import { planOf, progressOf } from '../forecasts/forecast-rows.ts';
import { type StoredTable, storeTable } from '../tables/store-table.ts';
import { isRegistered } from './register-derived.ts';
import { reasonOf } from './validate-upload.ts';

type Part = 'forecasts' | 'backtests';

/** The forecasts of all items are there: register them and their backtests as datasets, and have them scored. */
export const registerForecasts: Handler<'ingest', typeof flow.forecastsMade, Deps> = async (
  message,
  deps,
  { signal },
) => {
  const { jobId, forecastsKey, backtestsKey } = message.body;
  const job = await getJob(deps.database.read, jobId);
  if (job?.kind !== 'forecast' || progressOf(job).step !== 'forecast') return async () => [];
  const forecasts = await store(job, 'forecasts', forecastsKey, deps, signal);
  const backtests = await store(job, 'backtests', backtestsKey, deps, signal);

  return async (tx) => {
    const { now } = deps;
    const { datasets } = planOf(job);
    const hasBacktests = !isEmpty(backtests);
    for (const stored of hasBacktests ? [forecasts, backtests] : [forecasts]) {
      if (stored.ok) continue;
      const detail = `What was forecast is no table: ${reasonOf(stored.problems)}`;
      return await failForecast(tx, jobId, { code: 'forecasts-invalid', detail }, now());
    }
    const made = { forecasts: datasets.forecasts, ...(hasBacktests ? { backtests: datasets.backtests } : {}) };
    const step = { from: ['forecast'], to: 'export-results', found: { datasets: made } } as const;
    if ((await advance(tx, jobId, step, now())) === undefined) return [];
    const ready = [
      await register(tx, { job, part: 'forecasts', stored: forecasts }, now()),
      await register(tx, { job, part: 'backtests', stored: backtests }, now()),
    ];
    return [...ready.flat(), emit(flow.scoresRequested, { jobId }, { jobId })];
  };
};

async function store(job: JobTable, part: Part, key: string, deps: Deps, signal: AbortSignal): Promise<StoredTable> {
  await using source = await deps.store.localCopy(key);
  const table = { source: source.path, tenantId: job.tenant_id, datasetId: planOf(job).datasets[part] };
  return await storeTable({ ...table, format: 'parquet', roles: rolesOf(job) }, deps, signal);
}

/** Histories that are all too short for a window leave nothing to measure; they are forecast all the same. */
const isEmpty = (stored: StoredTable): boolean => !stored.ok && stored.problems.some(({ code }) => code === 'no-rows');

function rolesOf(job: JobTable) {
  const { item, time } = planOf(job).columns;
  return { timestamp: time, ...(item === undefined ? {} : { item }) };
}

interface Registration {
  readonly job: JobTable;
  readonly part: Part;
  readonly stored: StoredTable;
}

async function register(tx: Tx, { job, part, stored }: Registration, now: number) {
  const { datasets } = planOf(job);
  const datasetId = datasets[part];
  if (!stored.ok || (await isRegistered(tx, datasetId))) return [];
  const name = `${job.model}-${part}`;
  const recipe = { jobId: job.id, forecaster: job.model, version: progressOf(job).version, part };
  const body = { datasetId, name, key: '', parents: [datasets.target], recipe, roles: rolesOf(job) };
  await insertDataset(tx, derivedRow({ tenantId: job.tenant_id, body }, stored, now));
  const { profile, schema } = stored.validated;
  const about = { datasetId, name, rows: profile.rows, columns: schema.length };
  return [emit(flow.datasetReady, about, { jobId: job.id })];
}
