import { emit, flow } from '@bellwether/contracts';
import { cancelOpenTrials, endOpenJob, type JobEnd, type JobTable, type Tx, trialsOf } from '@bellwether/database';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { runsOnSageMaker } from '../domain/runs-on-sagemaker.ts';

/**
 * Ends a training job once: of two ends that come together, the second changes nothing and says nothing. Its message's
 * id is the job's, so however often this is decided, one is heard.
 */
export async function endJob(tx: Tx, job: Pick<JobTable, 'id' | 'plan'>, end: JobEnd, now: number) {
  const ended = await endOpenJob(tx, job.id, end, now);
  if (ended === undefined) return [];
  const submitted = await openOnSageMaker(tx, job);
  await cancelOpenTrials(tx, job.id, now);
  return [
    emit(flow.trainingFinished, ended, { jobId: job.id, id: `${job.id}:finished` }),
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
