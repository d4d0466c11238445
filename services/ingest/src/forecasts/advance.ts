import { type ForecastJobProgress, type ForecastStep, openJobStatuses } from '@bellwether/contracts';
import { type JobTable, lockJob, type Tx, updateOpenJob } from '@bellwether/database';
import { progressOf } from './forecast-rows.ts';

/** Share of a job that is done when a step begins: most of its time goes into backtests. */
const shares: Readonly<Record<ForecastStep, number>> = {
  export: 0,
  import: 0.05,
  'train-predictors': 0.1,
  backtest: 0.2,
  forecast: 0.8,
  'export-results': 0.9,
  notify: 0.97,
  'clean-up': 0.98,
};

export interface Advance {
  /** steps in which this may come; in any other it is old news */
  readonly from: readonly ForecastStep[];
  readonly to: ForecastStep;
  /** what is known now */
  readonly found?: Partial<ForecastJobProgress>;
}

/**
 * Takes an open forecast job from one step to the next, once: of two messages that say the same, the second changes
 * nothing.
 *
 * @param now milliseconds since the epoch
 * @returns the job as it stood, or undefined when this is not its step any more
 */
export async function advance(
  tx: Tx,
  jobId: string,
  { from, to, found = {} }: Advance,
  now: number,
): Promise<JobTable | undefined> {
  const job = await openForecast(tx, jobId);
  if (job === undefined) return undefined;
  const progress = progressOf(job);
  if (!from.includes(progress.step)) return undefined;
  const next: ForecastJobProgress = {
    ...progress,
    ...found,
    notes: [...progress.notes, ...(found.notes ?? [])],
    step: to,
    began: { ...progress.began, [to]: now },
  };
  await updateOpenJob(tx, job.id, {
    status: 'running',
    started_at: job.started_at ?? now,
    progress: Math.max(job.progress, shares[to]),
    result: JSON.stringify(next),
  });
  return job;
}

/** A forecast job that can still change, locked. */
export async function openForecast(tx: Tx, jobId: string): Promise<JobTable | undefined> {
  const job = await lockJob(tx, jobId);
  if (job?.kind !== 'forecast') return undefined;
  return (openJobStatuses as readonly string[]).includes(job.status) ? job : undefined;
}
