import { emit, flow } from '@bellwether/contracts';
import { getJob, getTrial, isJobOpen, type JobTable, type TrialTable, updateOpenTrial } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { jobName, waitsForJob } from '@bellwether/sagemaker';
import type { Deps } from '../deps.ts';
import { deadlineOf } from '../domain/deadline.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { showProgress } from '../jobs/show-progress.ts';

/**
 * A trial's job is on SageMaker, or waits for room there: look at it once, and again later. When there is something to
 * do, the trial is asked for once more, since that takes a thread. The job of a trial that has ended here is stopped.
 */
export const followTrial: Handler<'training', typeof flow.trialSubmitted, Deps> = async ({ body }, deps) => {
  const { database, now } = deps;
  const { jobId, trialId } = body;
  const trial = await getTrial(database.read, trialId);
  const job = await getJob(database.read, jobId);
  if (trial === undefined || job?.plan == null) return async () => [];
  const again = (delaySeconds: number) => emit(flow.trialSubmitted, body, { jobId, delaySeconds });

  const open = ['queued', 'running'].includes(trial.status) && (await isJobOpen(database.read, job.id));
  if (!open || isSpent(job, now())) {
    const stopped = await stop(trial, deps);
    return async (tx) => {
      const messages = [];
      if (!stopped) messages.push(again(deps.config.SAGEMAKER_POLL_SECONDS));
      const pruned = { status: 'pruned', error: budgetSpent, finished_at: now() } as const;
      if (open && (await updateOpenTrial(tx, trialId, pruned))) {
        const about = { jobId, trialId, algorithm: trial.algorithm };
        messages.push(emit(flow.trialFinished, { ...about, status: 'pruned' }, { jobId }));
      }
      return messages;
    };
  }

  const status = await runningStatus(trial, deps);
  if (status === undefined) return async () => [emit(flow.trialRequested, body, { jobId })];
  const waits = waitsForJob(status, deps.config.SAGEMAKER_POLL_SECONDS);
  return async (tx) => {
    await showProgress(tx, trial, waits.progress, now());
    return [again(waits.delaySeconds)];
  };
};

/** The status of a job that is under way; undefined when it is not, and when that cannot be known. */
async function runningStatus(trial: TrialTable, deps: Deps): Promise<string | undefined> {
  try {
    const { sagemaker } = await deps.remote.open();
    const state = await sagemaker.describeTraining(jobName(trial.id));
    return state.kind === 'running' ? state.status : undefined;
  } catch (error) {
    // Whoever is asked next meets the same, and it is the trial's verdict there.
    deps.log.warn({ trial: trial.id, err: error }, 'a job on SageMaker could not be looked at');
    return undefined;
  }
}

/** Stops a trial's job. False when SageMaker was too busy for it, and it is worth another attempt. */
async function stop(trial: TrialTable, deps: Deps): Promise<boolean> {
  const { config, now, log } = deps;
  const gaveUpAt = (trial.finished_at ?? now()) + config.SAGEMAKER_PATIENCE_SECONDS * 1000;
  try {
    const { sagemaker } = await deps.remote.open();
    const answer = await sagemaker.stopTraining(jobName(trial.id));
    return answer.kind === 'stopping' || now() >= gaveUpAt;
  } catch (error) {
    log.error({ trial: trial.id, err: error }, 'a job on SageMaker could not be stopped; it ends at its own limit');
    return true;
  }
}

const budgetSpent = 'budget-spent: the job’s minutes were over';

function isSpent(job: JobTable, now: number): boolean {
  return now >= deadlineOf(JSON.parse(job.plan ?? '{}') as TrainingPlan, job.started_at);
}
