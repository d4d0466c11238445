import { setTimeout as pause } from 'node:timers/promises';
import type { Job, JobEvent, MetricName, ModelVersion, TrainingRequest } from '@bellwether/contracts';
import type { Client } from '../client/client.ts';
import { followJob, isOpen } from '../client/follow-job.ts';
import { CommandFailure } from '../failure.ts';
import { duration, figure, plural } from '../terminal/figures.ts';
import type { Progress } from '../terminal/progress.ts';

export interface Trained {
  readonly job: Job;
  /** the job's versions, best first */
  readonly versions: readonly ModelVersion[];
  readonly sortedBy: MetricName;
}

/** How long a cancelled job may take to end: trials look twice a second. */
const cancelMs = 5000;

/**
 * Trains on a ready dataset and waits for the end. When the signal aborts, the job is cancelled first.
 *
 * @throws CommandFailure `training-failed` with the job's reason
 */
export async function train(
  client: Client,
  model: string,
  request: TrainingRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Trained> {
  const { job } = await client.call('createTrainingJob', { params: { name: model }, body: request }, signal);
  try {
    const ended = await followJob(client, job.id, showProgress(model, progress), signal);
    progress.clear();
    checkSucceeded(ended);
    const query = { jobId: ended.id, ...(metricOf(ended) && { sort: metricOf(ended) }) };
    return { job: ended, ...(await client.call('listVersions', { params: { name: model }, query }, signal)) };
  } catch (error) {
    progress.clear();
    if (signal.aborted) await cancel(client, job.id, progress);
    throw error;
  }
}

function showProgress(model: string, progress: Progress) {
  const begun = performance.now();
  let trials = 0;
  let share = 0;
  const show = () => {
    const left = timeLeft(share, (performance.now() - begun) / 1000);
    progress.show(`training ${model}: ${plural(trials, 'trial')} done${left}`, share);
  };
  show();
  return {
    onEvent({ type, body }: JobEvent) {
      if (type !== 'trial.finished') return;
      trials += 1;
      const score = typeof body.score === 'number' ? `, score ${figure(body.score)}` : '';
      progress.line(`  ${body.algorithm}: ${body.status}${score}`);
      show();
    },
    onJob(job: Job) {
      share = job.progress;
      show();
    },
  };
}

/** Of a job whose first trials tell little, nothing is said. */
function timeLeft(share: number, seconds: number): string {
  return share < 0.05 || seconds < 5 ? '' : `, about ${duration((seconds * (1 - share)) / share)} left`;
}

function metricOf({ result }: Job): MetricName | undefined {
  return result?.metric as MetricName | undefined;
}

/** @throws CommandFailure `training-failed`, `job-cancelled` */
function checkSucceeded({ id, status, error }: Job): void {
  if (status === 'succeeded') return;
  if (status === 'cancelled') throw new CommandFailure('job-cancelled', `Job ${id} was cancelled.`);
  throw new CommandFailure(error?.code ?? 'training-failed', error?.detail ?? `Job ${id} ${status}.`);
}

/** Cancels a job and waits until it has ended, so that nothing works on behind the person's back. */
async function cancel(client: Client, id: string, progress: Progress): Promise<void> {
  try {
    await client.call('cancelJob', { params: { id } });
    const deadline = performance.now() + cancelMs;
    while (performance.now() < deadline) {
      const job = await client.call('getJob', { params: { id } });
      if (!isOpen(job)) {
        progress.line(`Job ${id} ${job.status}.`);
        return;
      }
      await pause(100);
    }
  } catch {
    progress.line(`Job ${id} may still run: cancel it with \`bellwether jobs ${id} --cancel\`.`);
  }
}
