import { emit, flow } from '@bellwether/contracts';
import { type Tx, updateOpenJob } from '@bellwether/database';

export type JobEnd =
  | { readonly status: 'succeeded'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed' | 'cancelled'; readonly code: string; readonly detail: string };

/** What a queue takes is limited; the row has all of it. */
const maxReason = 2000;

/** Ends a batch prediction once; its message's id is the job's, so one is heard however often this is decided. */
export async function endJob(tx: Tx, jobId: string, end: JobEnd, now: number) {
  const changed = await updateOpenJob(tx, jobId, {
    status: end.status,
    finished_at: now,
    ...(end.status === 'succeeded'
      ? { progress: 1, result: JSON.stringify(end.result) }
      : { error_code: end.code, error_detail: end.detail }),
  });
  if (!changed) return [];
  const reason = end.status === 'succeeded' ? {} : { reason: end.detail.slice(0, maxReason) };
  const body = { jobId, status: end.status, ...reason };
  return [emit(flow.predictionFinished, body, { jobId, id: `${jobId}:finished` })];
}
