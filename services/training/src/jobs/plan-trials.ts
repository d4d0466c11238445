import { type Algorithm, emit, flow } from '@bellwether/contracts';
import {
  findModel,
  findVersion,
  insertTrials,
  type JobTable,
  lockDataset,
  lockJob,
  type TrialTable,
  type Tx,
  updateOpenJob,
} from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { type DecidedRequest, decidedRequest } from '../domain/decided-request.ts';
import { type PlannedTrial, planTraining, type TrainingPlan } from '../domain/plan-training.ts';
import { tableFacts } from './accept-training.ts';
import { endJob } from './end-job.ts';

/**
 * Plans the trials of a job that nobody has planned yet and asks for each, or lets it wait until its dataset is ready,
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
  const planned = planTraining(request, tableFacts(dataset), await presentChampion(tx, job));
  if (!planned.ok) {
    const { code, detail } = planned.refusal;
    return await endJob(tx, job, { status: 'failed', code, detail }, now);
  }
  const decided = decidedRequest(request, planned.plan);
  const plan: TrainingPlan = { ...planned.plan, taskReason: decided.taskReason ?? planned.plan.taskReason };
  const rows = plan.trials.map((trial, position) => trialRow(job, trial, position, deps));
  const started = {
    status: 'running' as const,
    started_at: now,
    request: JSON.stringify(decided),
    plan: JSON.stringify(plan),
  };
  await updateOpenJob(tx, job.id, started);
  await insertTrials(tx, rows);
  return rows.map((row) => emit(flow.trialRequested, { jobId: job.id, trialId: row.id }, { jobId: job.id }));
}

function firstProblem(problems: string): string {
  const all = JSON.parse(problems) as { severity: string; message: string }[];
  const first = all.find(({ severity }) => severity === 'error') ?? all[0];
  return first?.message ?? 'no problem was recorded';
}

async function presentChampion(tx: Tx, job: JobTable) {
  const model = await findModel(tx, job.tenant_id, job.model ?? '');
  if (!model?.champion_version) return undefined;
  const version = await findVersion(tx, job.tenant_id, model.name, model.champion_version);
  return version && { version: version.version, algorithm: version.algorithm as Algorithm };
}

function trialRow(job: JobTable, trial: PlannedTrial, position: number, { newId }: Pick<Deps, 'newId'>): TrialTable {
  return {
    id: newId('trial'),
    job_id: job.id,
    tenant_id: job.tenant_id,
    model: job.model ?? '',
    position,
    kind: trial.kind,
    algorithm: trial.algorithm,
    hyperparameters: JSON.stringify(trial.hyperparameters),
    seed: trial.seed,
    status: 'queued',
    progress: 0,
    metrics: null,
    score: null,
    error: null,
    version: trial.version ?? null,
    started_at: null,
    finished_at: null,
  };
}
