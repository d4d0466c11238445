import { emit, flow } from '@bellwether/contracts';
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
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { type PlannedTrial, planTraining } from '../domain/plan-training.ts';
import { tableFacts } from '../jobs/accept-training.ts';
import { endJob } from '../jobs/end-job.ts';

/** A training job was accepted: plan its trials and ask for each, or wait until its dataset is ready. */
export const planJob: Handler<'training', typeof flow.trainingRequested, Deps> = async (message, deps) => {
  return async (tx) => {
    const job = await lockJob(tx, message.body.jobId);
    if (job === undefined || (job.status !== 'queued' && job.status !== 'waiting')) return [];
    const now = deps.now();
    // Locked, or the dataset could become ready between this look and our commit, and the job would wait for ever.
    const dataset = await lockDataset(tx, job.tenant_id, job.dataset_id ?? '');
    if (dataset === undefined) {
      return await endJob(
        tx,
        job,
        { status: 'failed', code: 'dataset-not-found', detail: 'The dataset was deleted.' },
        now,
      );
    }
    if (dataset.status === 'rejected') {
      const detail = `Dataset ${dataset.id} was rejected: ${firstProblem(dataset.problems)}`;
      return await endJob(tx, job, { status: 'failed', code: 'dataset-rejected', detail }, now);
    }
    if (dataset.status !== 'ready') {
      await updateOpenJob(tx, job.id, { status: 'waiting' });
      return [];
    }
    const planned = planTraining(JSON.parse(job.request), tableFacts(dataset), await presentChampion(tx, job));
    if (!planned.ok) {
      const { code, detail } = planned.refusal;
      return await endJob(tx, job, { status: 'failed', code, detail }, now);
    }
    const rows = planned.plan.trials.map((trial, position) => trialRow(job, trial, position, deps));
    await updateOpenJob(tx, job.id, { status: 'running', started_at: now, plan: JSON.stringify(planned.plan) });
    await insertTrials(tx, rows);
    return rows.map((row) => emit(flow.trialRequested, { jobId: job.id, trialId: row.id }, { jobId: job.id }));
  };
};

function firstProblem(problems: string): string {
  const [first] = JSON.parse(problems) as { message: string }[];
  return first?.message ?? 'no problem was recorded';
}

async function presentChampion(tx: Tx, job: JobTable) {
  const model = await findModel(tx, job.tenant_id, job.model ?? '');
  if (!model?.champion_version) return undefined;
  return await findVersion(tx, job.tenant_id, model.name, model.champion_version);
}

function trialRow(job: JobTable, trial: PlannedTrial, position: number, { newId }: Deps): TrialTable {
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
