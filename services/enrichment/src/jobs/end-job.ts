import { emit, flow } from '@bellwether/contracts';
import { type Tx, updateOpenJob } from '@bellwether/database';

export type JobEnd =
  | { readonly status: 'succeeded'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed' | 'cancelled'; readonly code: string; readonly detail: string };

/** Ends an enrichment job once; its message's id is the job's, so one is heard however often this is decided. */
export async function endJob(tx: Tx, jobId: string, end: JobEnd, now: number) {
  const changed = await updateOpenJob(tx, jobId, {
    status: end.status,
    finished_at: now,
    ...(end.status === 'succeeded'
      ? { progress: 1, result: JSON.stringify(end.result) }
      : { error_code: end.code, error_detail: end.detail }),
  });
  if (!changed) return [];
  const body = { jobId, status: end.status, ...(end.status === 'succeeded' ? {} : { reason: end.detail }) };
  return [emit(flow.enrichmentFinished, body, { jobId, id: `${jobId}:finished` })];
}
