import { emit, flow } from '@bellwether/contracts';
import { cancelOpenTrials, type JobTable, type Tx, trialsOf, updateOpenJob } from '@bellwether/database';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { runsOnSageMaker } from '../domain/runs-on-sagemaker.ts';

export type JobEnd =
  | { readonly status: 'succeeded'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed' | 'cancelled'; readonly code: string; readonly detail: string };

/** A hundred trials fail with a hundred sentences; some queues take 256 KiB. The row has them all. */
const maxReason = 2000;

/**
 * Ends a training job once: of two ends that come together, the second changes nothing and says nothing. Its message's
 * id is the job's, so however often this is decided, one is heard.
 */
export async function endJob(tx: Tx, job: Pick<JobTable, 'id' | 'plan'>, end: JobEnd, now: number) {
  const changed = await updateOpenJob(tx, job.id, {
    status: end.status,
    finished_at: now,
    ...(end.status === 'succeeded'
      ? { progress: 1, result: JSON.stringify(end.result) }
      : { error_code: end.code, error_detail: end.detail }),
  });
  if (!changed) return [];
  const submitted = await openOnSageMaker(tx, job);
  await cancelOpenTrials(tx, job.id, now);
  const reason = end.status === 'succeeded' ? {} : { reason: end.detail.slice(0, maxReason) };
  const body = { jobId: job.id, status: end.status, ...reason };
  return [
    emit(flow.trainingFinished, body, { jobId: job.id, id: `${job.id}:finished` }),
    // Whoever hears of a trial that has ended stops its job there.
    ...submitted.map((trialId) => emit(flow.trialSubmitted, { jobId: job.id, trialId }, { jobId: job.id })),
  ];
}

async function openOnSageMaker(tx: Tx, job: Pick<JobTable, 'id' | 'plan'>): Promise<string[]> {
  const plan = JSON.parse(job.plan ?? '{}') as TrainingPlan;
  if (plan.backend !== 'sagemaker') return [];
  const trials = await trialsOf(tx, job.id);
  return trials.flatMap((trial) => (trial.status === 'running' && runsOnSageMaker(plan, trial) ? [trial.id] : []));
}
