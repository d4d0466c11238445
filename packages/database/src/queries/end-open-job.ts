import type { Tx } from '../tables/tables.ts';
import { updateOpenJob } from './jobs.ts';

export type JobEnd =
  | { readonly status: 'succeeded'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed' | 'cancelled'; readonly code: string; readonly detail: string };

/** What a message says of a job that has ended. */
export interface EndedJob {
  readonly jobId: string;
  readonly status: JobEnd['status'];
  readonly reason?: string;
}

/** A hundred trials fail with a hundred sentences, and some queues take 256 KiB. The row has all of it. */
const maxReason = 2000;

/**
 * Ends a job once: of two ends that come together, the second changes nothing.
 *
 * @param now milliseconds since the epoch
 * @returns what its message says, or undefined when the job had ended before
 */
export async function endOpenJob(tx: Tx, jobId: string, end: JobEnd, now: number): Promise<EndedJob | undefined> {
  const succeeded = end.status === 'succeeded';
  const outcome = succeeded
    ? { progress: 1, result: JSON.stringify(end.result) }
    : { error_code: end.code, error_detail: end.detail };
  if (!(await updateOpenJob(tx, jobId, { status: end.status, finished_at: now, ...outcome }))) return undefined;
  return { jobId, status: end.status, ...(succeeded ? {} : { reason: end.detail.slice(0, maxReason) }) };
}
