import { emit, flow } from '@bellwether/contracts';
import {
  findDataset,
  findVersion,
  getJob,
  getTrial,
  insertVersion,
  isJobOpen,
  type JobTable,
  lockJob,
  lockModel,
  type TrialTable,
  type Tx,
  updateOpenTrial,
} from '@bellwether/database';
import { type Handler, PermanentError } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { raiseProgress } from '../jobs/raise-progress.ts';
import { runTrialTask, type TrialOutcome } from '../local/run-trial-task.ts';

/**
 * Runs one trial: fit on the training rows, score on the held-out ones, artifact into the object store; then one
 * transaction makes the version. A trial of a job that ended is not begun, and a running one is stopped.
 */
export const runTrial: Handler<'training', typeof flow.trialRequested, Deps> = async ({ body }, deps, { signal }) => {
  const { database, now } = deps;
  const trial = await getTrial(database.read, body.trialId);
  const job = await getJob(database.read, body.jobId);
  if (trial === undefined || job?.plan == null || !(await isJobOpen(database.read, job.id))) return async () => [];

  const running = { status: 'running', started_at: trial.started_at ?? now() } as const;
  // A dead trial that is sent again: its end stands, and hours of work would be thrown away.
  if (!(await database.transact((tx) => updateOpenTrial(tx, trial.id, running)))) return async () => [];
  const outcome = await attempt(job, trial, deps, signal);
  if (outcome.kind === 'cancelled') return async () => [];

  const { jobId, trialId } = body;
  const about = { jobId, trialId, algorithm: trial.algorithm };
  return async (tx) => {
    if (outcome.kind === 'refused') {
      const refused = { status: 'failed', error: outcome.reason, finished_at: now() } as const;
      if (!(await updateOpenTrial(tx, trialId, refused))) return [];
      return [emit(flow.trialFinished, { ...about, status: 'failed' }, { jobId })];
    }
    if (!(await succeed(tx, job, trial, outcome, now()))) return [];
    return [emit(flow.trialFinished, { ...about, status: 'succeeded', score: outcome.score }, { jobId })];
  };
};

async function attempt(job: JobTable, trial: TrialTable, deps: Deps, signal: AbortSignal): Promise<TrialOutcome> {
  const { database } = deps;
  const dataset = await findDataset(database.read, job.tenant_id, job.dataset_id ?? '');
  if (dataset?.data_key == null)
    return { kind: 'refused', reason: 'dataset-deleted: the dataset was deleted while the trial waited' };
  const version =
    trial.kind === 'champion'
      ? await findVersion(database.read, job.tenant_id, trial.model, trial.version ?? 0)
      : undefined;
  if (trial.kind === 'champion' && version === undefined) {
    throw new PermanentError('version-not-found', `version ${trial.version} of ${trial.model} is gone`);
  }
  return await runTrialTask(
    {
      tenantId: job.tenant_id,
      trial,
      plan: JSON.parse(job.plan ?? '{}') as TrainingPlan,
      dataKey: dataset.data_key,
      ...(version === undefined ? {} : { artifactKey: version.artifact_key }),
    },
    deps,
    {
      signal,
      isWanted: () => isJobOpen(database.read, job.id),
      onProgress: (progress) => database.transact((tx) => showProgress(tx, trial, progress)),
    },
  );
}

/** The job's lock before the trial's, as a cancel takes them: the other way round, MySQL would find a deadlock. */
async function showProgress(tx: Tx, trial: TrialTable, progress: number): Promise<void> {
  const job = await lockJob(tx, trial.job_id);
  if (job !== undefined && (await updateOpenTrial(tx, trial.id, { progress }))) await raiseProgress(tx, job);
}

/** Ends the trial and, for a candidate, makes its version: one a trial, whoever comes first. */
async function succeed(
  tx: Tx,
  job: JobTable,
  trial: TrialTable,
  outcome: Extract<TrialOutcome, { kind: 'succeeded' }>,
  now: number,
): Promise<boolean> {
  const plan = JSON.parse(job.plan ?? '{}') as TrainingPlan;
  const metrics = JSON.stringify(outcome.metrics);
  const ended = { status: 'succeeded', progress: 1, metrics, score: outcome.score, finished_at: now } as const;
  if (!(await updateOpenTrial(tx, trial.id, ended))) return false;
  if (outcome.artifact === undefined) return true;
  const model = await lockModel(tx, job.tenant_id, trial.model, now);
  const version = await insertVersion(tx, model, {
    trial_id: trial.id,
    job_id: job.id,
    dataset_id: job.dataset_id ?? '',
    algorithm: trial.algorithm,
    hyperparameters: JSON.stringify(outcome.hyperparameters),
    task: plan.task,
    target: plan.target.name,
    inputs: JSON.stringify(plan.inputs),
    metrics,
    artifact_key: outcome.artifact.key,
    artifact_bytes: outcome.artifact.bytes,
    trained_rows: outcome.trainedRows,
    holdout_rows: outcome.holdoutRows,
    duration: outcome.duration,
    created_at: now,
  });
  await tx.updateTable('trials').set({ version }).where('id', '=', trial.id).execute();
  return true;
}
