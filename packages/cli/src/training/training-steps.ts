import type { Job, JobEvent, MetricName, ModelVersion, TrainingRequest } from '@bellwether/contracts';
import { cancelJob } from '../client/cancel-job.ts';
import type { Client } from '../client/client.ts';
import { followJob } from '../client/follow-job.ts';
import { CommandFailure } from '../failure.ts';
import { duration, figure, plural } from '../terminal/figures.ts';
import type { Progress } from '../terminal/progress.ts';

export interface Trained {
  readonly job: Job;
  /** the job's versions, best first */
  readonly versions: readonly ModelVersion[];
  readonly sortedBy: MetricName;
}

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
    if (signal.aborted) await cancelJob(client, job.id, progress);
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
