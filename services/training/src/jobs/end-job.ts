import { emit, flow } from '@bellwether/contracts';
import { cancelOpenTrials, type JobTable, type Tx, updateOpenJob } from '@bellwether/database';

export type JobEnd =
  | { readonly status: 'succeeded'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed' | 'cancelled'; readonly code: string; readonly detail: string };

/** A hundred trials fail with a hundred sentences; some queues take 256 KiB. The row has them all. */
const maxReason = 2000;

/**
 * Ends a training job once: of two ends that come together, the second changes nothing and says nothing. Its message's
 * id is the job's, so however often this is decided, one is heard.
 */
export async function endJob(tx: Tx, job: Pick<JobTable, 'id'>, end: JobEnd, now: number) {
  const changed = await updateOpenJob(tx, job.id, {
    status: end.status,
    finished_at: now,
    ...(end.status === 'succeeded'
      ? { progress: 1, result: JSON.stringify(end.result) }
      : { error_code: end.code, error_detail: end.detail }),
  });
  if (!changed) return [];
  await cancelOpenTrials(tx, job.id, now);
  const reason = end.status === 'succeeded' ? {} : { reason: end.detail.slice(0, maxReason) };
  const body = { jobId: job.id, status: end.status, ...reason };
  return [emit(flow.trainingFinished, body, { jobId: job.id, id: `${job.id}:finished` })];
}
