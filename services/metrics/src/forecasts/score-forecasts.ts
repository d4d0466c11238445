import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForecastJobPlan, ForecastJobProgress } from '@bellwether/contracts';
import { findDataset, type JobTable } from '@bellwether/database';
import type { Frequency, PanelIndex } from '@bellwether/forecasting';
import { type ChildWatch, PermanentError, runInChild } from '@bellwether/platform';
import { describeSources } from '@bellwether/warehouse';
import type { Deps } from '../deps.ts';
import { forecastRows, metricRows } from './result-rows.ts';
import type { Scored, ScoreTask } from './score-task.ts';

const program = new URL('./child.ts', import.meta.url);

/**
 * Scores the forecasts of a job, and writes them with their scores to the warehouse that they were asked from, together
 * with the flag that says so. Twice is as once.
 *
 * @returns scores over all items
 * @throws WarehouseError
 */
export async function scoreForecasts(job: JobTable, deps: Deps, watch: ChildWatch): Promise<Scored> {
  const { store, workFolder, newId } = deps;
  const { columns, datasets, quantiles, source } = JSON.parse(job.plan ?? '{}') as ForecastJobPlan;
  const forecastsKey = await keyOf(job, datasets.forecasts, deps);
  const made = (JSON.parse(job.result ?? '{}') as Partial<ForecastJobProgress>).datasets;
  const backtestsKey = made?.backtests === undefined ? undefined : await keyOf(job, made.backtests, deps);
  const folder = join(workFolder, newId('scores'));
  try {
    await mkdir(folder);
    await using forecasts = await store.localCopy(forecastsKey);
    await using backtests = backtestsKey === undefined ? undefined : await store.localCopy(backtestsKey);
    const output = join(folder, 'scores.ndjson');
    const validation = await exportValidation(source, folder, deps, watch.signal);
    const frequency = validation === undefined ? undefined : await frequencyOf(job, deps);
    const task: ScoreTask = {
      ...(backtests === undefined ? {} : { backtests: backtests.path }),
      forecasts: forecasts.path,
      ...(validation === undefined ? {} : { validation }),
      columns,
      ...(frequency === undefined ? {} : { frequency }),
      levels: quantiles,
      output,
      folder,
    };
    const end = await runInChild<Scored>(program, task, watch);
    if (end.kind === 'refused') throw new Error(`${end.code}: ${end.detail}`);
    if (source.kind === 'warehouse') {
      const results = {
        levels: quantiles,
        forecasts: forecastRows(forecasts.path, columns, quantiles),
        metrics: metricRows(output),
      };
      const parameters = { status: 'succeeded', reason: null };
      const { signal } = watch;
      await (await deps.warehouse()).writeResults(source, results, { parameters, forecastAvailable: true, signal });
    }
    return end.result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keyOf(job: JobTable, datasetId: string, { database }: Deps): Promise<string> {
  const key = (await findDataset(database.read, job.tenant_id, datasetId))?.data_key;
  if (key == null)
    throw new PermanentError('dataset-not-found', `dataset ${datasetId} was deleted before it was scored`);
  return key;
}

/** How long the periods of the job's series are. */
async function frequencyOf({ result }: JobTable, { store }: Deps): Promise<Frequency | undefined> {
  const { panelKey } = JSON.parse(result ?? '{}') as Partial<ForecastJobProgress>;
  if (panelKey === undefined) return undefined;
  await using copy = await store.localCopy(panelKey);
  return (JSON.parse(await readFile(copy.path, 'utf8')) as PanelIndex).schema.frequency;
}

/** Real values of the forecast's periods, where the warehouse has them by now. */
async function exportValidation(
  source: ForecastJobPlan['source'],
  folder: string,
  { warehouse }: Deps,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (source.kind !== 'warehouse') return undefined;
  const opened = await warehouse();
  const { validation } = await describeSources(opened, source.dataName);
  if (validation === undefined) return undefined;
  const path = join(folder, 'validation.parquet');
  const { rows } = await opened.exportTable(validation, path, { format: 'parquet', signal });
  return rows === 0 ? undefined : path;
}
