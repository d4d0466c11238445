import type { Job } from '@bellwether/contracts';
import { CommandFailure } from '../failure.ts';
import type { Progress } from '../terminal/progress.ts';
import { cancelJob } from './cancel-job.ts';
import type { Client } from './client.ts';
import { followJob } from './follow-job.ts';

/**
 * Waits until an accepted job has succeeded, showing how far it is. When the signal aborts, the job is cancelled first.
 *
 * @throws CommandFailure with the job's own code when it failed, `job-cancelled` when somebody else cancelled it
 */
export async function completeJob(
  client: Client,
  accepted: Job,
  label: string | ((job: Job) => string),
  progress: Progress,
  signal: AbortSignal,
): Promise<Job> {
  try {
    const onJob = (job: Job) => progress.show(typeof label === 'string' ? label : label(job), job.progress);
    const { id, status, error, ...rest } = await followJob(client, accepted.id, { onJob }, signal);
    progress.clear();
    if (status === 'succeeded') return { id, status, ...rest };
    if (status === 'cancelled') throw new CommandFailure('job-cancelled', `Job ${id} was cancelled.`);
    throw new CommandFailure(error?.code ?? 'job-failed', error?.detail ?? `Job ${id} ${status}.`);
  } catch (error) {
    progress.clear();
    if (signal.aborted) await cancelJob(client, accepted.id, progress);
    throw error;
  }
}
