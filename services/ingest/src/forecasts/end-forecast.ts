import { emit, type ForecastJobProgress, flow, forecastSteps } from '@bellwether/contracts';
import { deleteDataset, endOpenJob, type JobEnd, type JobTable, type Tx, updateOpenJob } from '@bellwether/database';
import { advance, openForecast } from './advance.ts';
import { planOf, progressOf } from './forecast-rows.ts';

const beforeCleanUp = forecastSteps.filter((step) => step !== 'clean-up');

type Failure = Pick<NonNullable<ForecastJobProgress['failure']>, 'code' | 'detail'>;

/** Fails or cancels a forecast; what it has made is removed first where that was asked for. */
export async function failForecast(tx: Tx, jobId: string, failure: Failure, now: number) {
  const job = await openForecast(tx, jobId);
  if (job === undefined) return [];
  const progress = progressOf(job);
  // A job that is being cleaned up went as it went; what could not be removed is swept later.
  if (progress.step === 'clean-up') return await endForecast(tx, job, now);
  const failed = { ...progress, failure: { step: progress.step, ...failure } };
  await updateOpenJob(tx, jobId, { result: JSON.stringify(failed) });
  return await concludeForecast(tx, jobId, now);
}

/** Ends a forecast that has nothing more to do than to remove what it has made, where that was asked for. */
export async function concludeForecast(tx: Tx, jobId: string, now: number) {
  const job = await openForecast(tx, jobId);
  if (job === undefined) return [];
  if (!planOf(job).performDelete) return await endForecast(tx, job, now);
  if ((await advance(tx, jobId, { from: beforeCleanUp, to: 'clean-up' }, now)) === undefined) return [];
  for (const id of ownDatasets(job)) await deleteDataset(tx, job.tenant_id, id);
  return [emit(flow.forecastDiscarded, { jobId }, { jobId, id: `${jobId}:discarded` })];
}

/** Datasets that the job itself made: those of a user stay theirs. */
export function ownDatasets(job: JobTable): string[] {
  const { datasets, source } = planOf(job);
  const made = [datasets.forecasts, datasets.backtests];
  return source.kind === 'warehouse' ? [datasets.target, datasets.related, ...made] : made;
}

/** Ends the job as it went, whatever was removed since: a failure stays one. */
export async function endForecast(tx: Tx, job: JobTable, now: number) {
  const { failure, ...result } = progressOf(job);
  const end: JobEnd =
    failure === undefined
      ? { status: 'succeeded', result }
      : { status: failure.code === 'cancelled' ? 'cancelled' : 'failed', code: failure.code, detail: failure.detail };
  const ended = await endOpenJob(tx, job.id, end, now);
  return ended === undefined ? [] : [emit(flow.forecastFinished, ended, { jobId: job.id, id: `${job.id}:finished` })];
}
