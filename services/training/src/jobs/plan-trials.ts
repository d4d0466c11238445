import { lockDataset, lockJob, type Tx, updateOpenJob } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { type DecidedRequest, decidedRequest } from '../domain/decided-request.ts';
import { planRound } from '../domain/plan-round.ts';
import { planTraining, type TrainingPlan } from '../domain/plan-training.ts';
import { tableFacts } from './accept-training.ts';
import { askForTrials } from './ask-for-trials.ts';
import { endJob } from './end-job.ts';
import { findRecipe } from './find-recipe.ts';
import { evaluationOfChampion } from './present-champion.ts';

/**
 * Plans a job that nobody has planned yet and asks for its first round of trials, or lets it wait until its dataset is ready,
 * or fails it. A job in any other state stays as it is.
 */
export async function planTrials(tx: Tx, jobId: string, deps: Pick<Deps, 'newId' | 'now'>) {
  const job = await lockJob(tx, jobId);
  if (job === undefined || (job.status !== 'queued' && job.status !== 'waiting')) return [];
  const now = deps.now();
  // Locked, or the dataset could become ready between this look and our commit, and the job would wait for ever.
  const dataset = await lockDataset(tx, job.tenant_id, job.dataset_id ?? '');
  if (dataset === undefined) {
    const detail = `Dataset ${job.dataset_id} was deleted.`;
    return await endJob(tx, job, { status: 'failed', code: 'dataset-not-found', detail }, now);
  }
  if (dataset.status === 'rejected') {
    const detail = `Dataset ${dataset.id} was rejected: ${firstProblem(dataset.problems)}`;
    return await endJob(tx, job, { status: 'failed', code: 'dataset-rejected', detail }, now);
  }
  if (dataset.status !== 'ready') {
    await updateOpenJob(tx, job.id, { status: 'waiting' });
    return [];
  }
  const request = JSON.parse(job.request) as DecidedRequest;
  const planned = planTraining(request, tableFacts(dataset));
  if (!planned.ok) {
    const { code, detail } = planned.refusal;
    return await endJob(tx, job, { status: 'failed', code, detail }, now);
  }
  const decided = decidedRequest(request, planned.plan);
  const recipe = await findRecipe(tx, dataset, planned.plan.target.name);
  const plan: TrainingPlan = {
    ...planned.plan,
    taskReason: decided.taskReason ?? planned.plan.taskReason,
    ...(recipe === undefined ? {} : { recipe }),
  };
  const trials = [...planRound(plan, []), ...(await evaluationOfChampion(tx, job))];
  const started = {
    status: 'running' as const,
    started_at: now,
    request: JSON.stringify(decided),
    plan: JSON.stringify(plan),
  };
  await updateOpenJob(tx, job.id, started);
  return await askForTrials(tx, job, trials, 0, deps);
}

function firstProblem(problems: string): string {
  const all = JSON.parse(problems) as { severity: string; message: string }[];
  const first = all.find(({ severity }) => severity === 'error') ?? all[0];
  return first?.message ?? 'no problem was recorded';
}
