import { emit, flow } from '@bellwether/contracts';
import { getJob, insertDataset, isJobOpen, type JobTable, type Tx, updateOpenJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { retryDelay, WarehouseError } from '@bellwether/warehouse';
import type { Deps } from '../deps.ts';
import { openForecast } from '../forecasts/advance.ts';
import { failForecast } from '../forecasts/end-forecast.ts';
import { type Exported, exportTables } from '../forecasts/export-tables.ts';
import { exportedRow } from '../forecasts/exported-row.ts';
import { planOf, progressOf } from '../forecasts/forecast-rows.ts';
import { reportFailure } from '../forecasts/report-failure.ts';
import { isRegistered } from './register-derived.ts';
import { reasonOf } from './validate-upload.ts';

/** A forecast was accepted: its tables become datasets, unless they are. */
export const exportForecastTables: Handler<'ingest', typeof flow.forecastRequested, Deps> = async (
  { body },
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const { jobId } = body;
  const job = await getJob(database.read, jobId);
  if (job?.plan == null || !(await isJobOpen(database.read, jobId)) || progressOf(job).step !== 'export') {
    return async () => [];
  }
  const { source, datasets } = planOf(job);
  if (source.kind === 'datasets') {
    const related = await isRegistered(database.read, datasets.related);
    return async () => [emit(flow.tablesExported, { jobId, related, validation: false }, { jobId })];
  }
  await database.transact((tx) => updateOpenJob(tx, jobId, { status: 'running', started_at: job.started_at ?? now() }));
  const outcome = await attempt(job, source, deps, signal);
  if (outcome.kind === 'waits') {
    return async () => [emit(flow.forecastRequested, { jobId }, { jobId, delaySeconds: outcome.delaySeconds })];
  }
  if (outcome.kind === 'failed') {
    await reportFailure(jobId, { status: 'failed', reason: outcome.detail }, deps);
    return async (tx) => await failForecast(tx, jobId, outcome, now());
  }
  return async (tx) => await register(tx, job, outcome.exported, now());
};

type Outcome =
  | { readonly kind: 'exported'; readonly exported: Exported }
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string }
  | { readonly kind: 'waits'; readonly delaySeconds: number };

async function attempt(
  job: JobTable,
  source: { readonly dataName: string; readonly dateCreate: string; readonly messageId: string },
  deps: Deps,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const plan = planOf(job);
    const warehouse = await deps.warehouse();
    await warehouse.upsertParameters(source, {
      forecastHorizon: plan.horizon,
      numberOfBacktestWindows: plan.windows,
      performDelete: plan.performDelete,
      forecastFrequency: plan.frequency ?? null,
      messageId: source.messageId,
      status: 'running',
      reason: null,
      forecastAvailable: false,
    });
    const exported = await exportTables(job, source.dataName, deps, signal);
    for (const table of [exported.target, exported.related]) {
      if (table?.ok === false) return { kind: 'failed', code: 'table-invalid', detail: reasonOf(table.problems) };
    }
    return { kind: 'exported', exported };
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    const delaySeconds = error.isRetryable ? retryDelay(job.created_at, deps.now()) : undefined;
    if (delaySeconds !== undefined) return { kind: 'waits', delaySeconds };
    return { kind: 'failed', code: error.code, detail: error.message };
  }
}

async function register(tx: Tx, job: JobTable, { target, related, validation }: Exported, now: number) {
  const open = await openForecast(tx, job.id);
  // Cancelled meanwhile, and cleaned up: a dataset of it would stay for ever.
  if (open === undefined || progressOf(open).step !== 'export') return [];
  const { datasets } = planOf(job);
  for (const [id, stored] of [
    [datasets.target, target],
    [datasets.related, related],
  ] as const) {
    if (stored === undefined || (await isRegistered(tx, id))) continue;
    await insertDataset(tx, exportedRow(job, id, stored, now));
  }
  await updateOpenJob(tx, job.id, { dataset_id: datasets.target });
  const about = { jobId: job.id, related: related !== undefined, validation };
  return [emit(flow.tablesExported, about, { jobId: job.id })];
}
