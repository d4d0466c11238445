import { emit, flow } from '@bellwether/contracts';
import {
  deletePartsOf,
  endPart,
  type ForecastPartTable,
  forecasterOfJob,
  getJob,
  getPart,
  insertParts,
  isJobOpen,
  type JobTable,
  lockJob,
  partsOf,
  updateOpenJob,
} from '@bellwether/database';
import { type Handler, watchJob } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { forecastsPrefix, isForecasting, planOf, readForecaster, readPanel } from '../forecasting/forecaster.ts';
import { advanceForecasts } from '../forecasting/managed/advance-forecasts.ts';
import { stopForecasts } from '../forecasting/managed/stop-forecasts.ts';
import { mergeForecasts, runPart } from '../forecasting/run-part.ts';

/** A forecaster is trained: ask for the forecasts of each chunk of its items. */
export const planForecasts: Handler<'inference', typeof flow.forecastsRequested, Deps> = async ({ body }, deps) => {
  const { jobId } = body;
  const forecaster = await forecasterOfJob(deps.database.read, jobId);
  if (forecaster === undefined) return async () => [];
  const { panelKey } = await readForecaster(forecaster.artifact_key, deps);
  const { chunks } = await readPanel(panelKey, deps);
  return async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job === undefined || !isForecasting(job) || (await partsOf(tx, jobId)).length > 0) return [];
    // SageMaker forecasts all chunks by one job.
    const parts = isManaged(job) ? chunks.slice(0, 1) : chunks;
    const rows = parts.map((_, position) => partRow(job, position));
    await insertParts(tx, rows);
    return rows.map(({ id }) => emit(flow.partRequested, { jobId, partId: id }, { jobId, id: `${id}:requested` }));
  };
};

const isManaged = (job: JobTable): boolean => planOf(job).managed !== undefined;

function partRow(job: { id: string; tenant_id: string }, position: number): ForecastPartTable {
  return {
    id: `${job.id}-part-${position}`,
    job_id: job.id,
    tenant_id: job.tenant_id,
    position,
    status: 'queued',
    output_key: null,
    error_code: null,
    error_detail: null,
    finished_at: null,
  };
}

/** Forecasts the items of one chunk. */
export const forecastPart: Handler<'inference', typeof flow.partRequested, Deps> = async (
  { body },
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const { jobId, partId } = body;
  const job = await getJob(database.read, jobId);
  const part = await getPart(database.read, partId);
  const forecaster = await forecasterOfJob(database.read, jobId);
  const submitted = (delaySeconds?: number) =>
    emit(flow.partSubmitted, body, { jobId, ...(delaySeconds === undefined ? {} : { delaySeconds }) });
  if (job === undefined || part?.status !== 'queued' || forecaster === undefined || !isForecasting(job)) {
    return async () => (job !== undefined && part?.status === 'queued' && isManaged(job) ? [submitted()] : []);
  }
  await using watch = watchJob({ signal, isWanted: () => isWanted(jobId, deps) });
  try {
    const step = isManaged(job) ? await advanceForecasts(job, forecaster.artifact_key, deps, watch) : undefined;
    if (step?.kind === 'waits') return async () => [submitted(step.delaySeconds)];
    const end = step?.end ?? (await runPart(part, job, forecaster.artifact_key, deps, watch));
    return async (tx) => {
      if (!(await endPart(tx, partId, end, now()))) return [];
      const finished = emit(flow.partFinished, { jobId, partId }, { jobId });
      return isManaged(job) && end.status === 'failed' ? [finished, submitted()] : [finished];
    };
  } catch (error) {
    if (watch.cancelled()) return async () => (isManaged(job) ? [submitted()] : []);
    throw error;
  }
};

/** A chunk's forecasts did not survive their attempts: so have those of the job not. */
export const failPart: Handler<'inference', typeof flow.partFailed, Deps> = async ({ body }, { now }) => {
  const { jobId, partId, reasons } = body;
  const detail = reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const end = { status: 'failed', error_code: 'part-failed', error_detail: detail } as const;
    if (!(await endPart(tx, partId, end, now()))) return [];
    const finished = emit(flow.partFinished, { jobId, partId }, { jobId });
    const job = await getJob(tx, jobId);
    // Its transform job may run on: whoever hears of a part that has ended stops it.
    if (job === undefined || !isManaged(job)) return [finished];
    return [finished, emit(flow.partSubmitted, { jobId, partId }, { jobId })];
  };
};

/** A chunk is forecast: after the last one, its rows and those of all others become two tables. */
export const finishPart: Handler<'inference', typeof flow.partFinished, Deps> = async ({ body }, deps, { signal }) => {
  const { database } = deps;
  const { jobId } = body;
  const job = await getJob(database.read, jobId);
  const forecaster = await forecasterOfJob(database.read, jobId);
  if (job === undefined || forecaster === undefined || !isForecasting(job)) return async () => [];
  const parts = await partsOf(database.read, jobId);
  const failed = parts.find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const body = { jobId, code: failed.error_code ?? 'part-failed', reasons: [failed.error_detail ?? 'unknown'] };
    return async () => [emit(flow.forecastsFailed, body, { jobId, id: `${jobId}:forecasts-failed` })];
  }
  const done = parts.filter(({ status }) => status === 'succeeded').length;
  if (done < parts.length) {
    const progress = 0.8 + (0.1 * done) / parts.length;
    return async (tx) => {
      // Of the job's row inference changes nothing but how much of its own work is done.
      if (((await lockJob(tx, jobId))?.progress ?? 1) < progress) await updateOpenJob(tx, jobId, { progress });
      return [];
    };
  }
  await using watch = watchJob({ signal, isWanted: () => isWanted(jobId, deps) });
  const made = await mergeForecasts(job, forecaster.artifact_key, deps, watch);
  return async () => [emit(flow.forecastsMade, { jobId, ...made }, { jobId, id: `${jobId}:forecasts` })];
};

async function isWanted(jobId: string, { database }: Deps): Promise<boolean> {
  return isForecasting(await getJob(database.read, jobId)) && (await isJobOpen(database.read, jobId));
}

/** A forecast is over: what it was made of goes. */
export const discardForecasts: Handler<'inference', typeof flow.forecastDiscarded, Deps> = async (message, deps) => {
  const { tenantId, body } = message;
  const { jobId } = body;
  const job = await getJob(deps.database.read, jobId);
  if (job !== undefined && isManaged(job) && !(await stopForecasts(job, deps))) {
    throw new Error(`SageMaker is too busy to delete what it has of ${jobId}`);
  }
  await deps.store.deletePrefix(forecastsPrefix(tenantId, jobId));
  return async (tx) => {
    await deletePartsOf(tx, 'forecast_parts', jobId);
    return [emit(flow.forecastsDiscarded, { jobId }, { jobId })];
  };
};
