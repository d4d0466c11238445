import { emit, type ForecastJobProgress, flow } from '@bellwether/contracts';
import { getJob, isJobOpen, type JobTable } from '@bellwether/database';
import { type Handler, watchJob } from '@bellwether/platform';
import { retryDelay, WarehouseError } from '@bellwether/warehouse';
import type { Deps } from '../deps.ts';
import { scoreForecasts } from '../forecasts/score-forecasts.ts';
import { recordEvent } from './record-event.ts';

/**
 * The forecasts are there: have them scored in a queue of its own, where they hold up no timelines. Also a line of one.
 */
export const orderScores: Handler<'metrics', typeof flow.scoresRequested, Deps> = async (message, { now }) => {
  const record = await recordEvent(message);
  const { jobId } = message.body;
  return async (tx) => {
    await record(tx);
    return [emit(flow.scoresDeferred, { jobId, since: now() }, { jobId })];
  };
};

/** Scores forecasts and writes both to where they were asked from; later, where the warehouse cannot take them yet. */
export const writeScores: Handler<'metrics', typeof flow.scoresDeferred, Deps> = async ({ body }, deps, { signal }) => {
  const messages = await attempt(body.jobId, body.since, deps, signal);
  return async () => messages;
};

/** @param since when it was first tried, in milliseconds since the epoch */
async function attempt(jobId: string, since: number, deps: Deps, signal: AbortSignal) {
  const { database } = deps;
  const isWanted = async () => isScoring(await getJob(database.read, jobId)) && (await isJobOpen(database.read, jobId));
  const job = await getJob(database.read, jobId);
  if (job === undefined || !(await isWanted())) return [];
  await using watch = watchJob({ signal, isWanted });
  try {
    const { overall: metrics, models } = await scoreForecasts(job, deps, watch);
    return [emit(flow.scoresWritten, { jobId, metrics, models }, { jobId })];
  } catch (error) {
    if (watch.cancelled()) return [];
    if (!(error instanceof WarehouseError)) throw error;
    deps.log.warn({ jobId, err: error }, 'forecasts could not be written to the warehouse');
    const delaySeconds = error.isRetryable ? retryDelay(since, deps.now()) : undefined;
    if (delaySeconds !== undefined) return [emit(flow.scoresDeferred, { jobId, since }, { jobId, delaySeconds })];
    return [emit(flow.scoresFailed, { jobId, code: error.code, reasons: [error.message] }, { jobId })];
  }
}

function isScoring(job: JobTable | undefined): boolean {
  return (JSON.parse(job?.result ?? '{}') as Partial<ForecastJobProgress>).step === 'export-results';
}
