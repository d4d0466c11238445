import { emit, flow } from '@bellwether/contracts';
import {
  findDataset,
  findVersion,
  getJob,
  getTrial,
  insertVersion,
  isJobOpen,
  type JobTable,
  lockModel,
  type TrialTable,
  type Tx,
  updateOpenTrial,
} from '@bellwether/database';
import { type Handler, PermanentError } from '@bellwether/platform';
import type { Waits } from '@bellwether/sagemaker';
import { advanceTrial } from '../adapters/sagemaker/advance-trial.ts';
import type { Deps } from '../deps.ts';
import { deadlineOf } from '../domain/deadline.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { runsOnSageMaker } from '../domain/runs-on-sagemaker.ts';
import { showProgress } from '../jobs/show-progress.ts';
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

  const plan = JSON.parse(job.plan) as TrainingPlan;
  const deadline = endOf(trial, plan, job);
  const { jobId, trialId } = body;
  const about = { jobId, trialId, algorithm: trial.algorithm };
  const prune = (change: Partial<TrialTable>) => async (tx: Tx) => {
    if (!(await updateOpenTrial(tx, trialId, { status: 'pruned', finished_at: now(), ...change }))) return [];
    return [emit(flow.trialFinished, { ...about, status: 'pruned' }, { jobId })];
  };
  if (now() >= deadline) return prune({ error: budgetSpent });

  const running = { status: 'running', started_at: trial.started_at ?? now() } as const;
  // A dead trial that is sent again: its end stands, and hours of work would be thrown away.
  if (!(await database.transact((tx) => updateOpenTrial(tx, trial.id, running)))) return async () => [];
  const outcome = await attempt(job, { ...trial, ...running }, plan, deps, signal);
  if (outcome.kind === 'waits') {
    return async (tx) => {
      await showProgress(tx, trial, outcome.progress, now());
      // Even of a job that was cancelled meanwhile: whoever hears this stops what it started.
      return [emit(flow.trialSubmitted, body, { jobId, delaySeconds: outcome.delaySeconds })];
    };
  }
  if (outcome.kind === 'cancelled') return now() >= deadline ? prune({ error: budgetSpent }) : async () => [];
  if (outcome.kind === 'pruned') {
    const validation = JSON.stringify({ metrics: {}, scores: outcome.scores });
    return prune({ validation, score: outcome.scores[0] ?? null, error: hopeless });
  }

  const codeVersion = await deps.codeVersion;
  return async (tx) => {
    if (outcome.kind === 'refused') {
      const refused = { status: 'failed', error: outcome.reason, finished_at: now() } as const;
      if (!(await updateOpenTrial(tx, trialId, refused))) return [];
      return [emit(flow.trialFinished, { ...about, status: 'failed' }, { jobId })];
    }
    if (!(await succeed(tx, job, trial, outcome, { codeVersion, now: now() }))) return [];
    return [emit(flow.trialFinished, { ...about, status: 'succeeded', score: outcome.score }, { jobId })];
  };
};

const hopeless = 'pruned: worse on its first fold than the best of the trials before it';
const budgetSpent = 'budget-spent: the job’s minutes were over';

/** The champion is evaluated however late it is: without its score, nobody can be compared with it. */
function endOf({ kind }: TrialTable, plan: TrainingPlan, job: JobTable): number {
  return kind === 'champion' ? Number.POSITIVE_INFINITY : deadlineOf(plan, job.started_at);
}

async function attempt(
  job: JobTable,
  trial: TrialTable,
  plan: TrainingPlan,
  deps: Deps,
  signal: AbortSignal,
): Promise<TrialOutcome | Waits> {
  const { database, now } = deps;
  const deadline = endOf(trial, plan, job);
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
  const order = {
    tenantId: job.tenant_id,
    trial,
    plan,
    dataKey: dataset.data_key,
    ...(version === undefined ? {} : { artifactKey: version.artifact_key }),
  };
  const run = runsOnSageMaker(plan, trial) ? advanceTrial : runTrialTask;
  return await run(order, deps, {
    signal,
    isWanted: async () => now() < deadline && (await isJobOpen(database.read, job.id)),
    onProgress: (progress) => database.transact((tx) => showProgress(tx, trial, progress, now())),
  });
}

/** Ends the trial and, for a candidate, makes its version: one a trial, whoever comes first. */
async function succeed(
  tx: Tx,
  job: JobTable,
  trial: TrialTable,
  outcome: Extract<TrialOutcome, { kind: 'succeeded' }>,
  { codeVersion, now }: { readonly codeVersion: string; readonly now: number },
): Promise<boolean> {
  const plan = JSON.parse(job.plan ?? '{}') as TrainingPlan;
  const metrics = JSON.stringify(outcome.metrics);
  const validation = outcome.validation === undefined ? null : JSON.stringify(outcome.validation);
  const { score } = outcome;
  const ended = { status: 'succeeded', progress: 1, metrics, validation, score, finished_at: now } as const;
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
    validation_metrics: outcome.validation === undefined ? null : JSON.stringify(outcome.validation.metrics),
    log_target: trial.log_target,
    seed: trial.seed,
    backend: runsOnSageMaker(plan, trial) ? 'sagemaker' : 'local',
    code_version: codeVersion,
    tags: '{}',
    recipe: plan.recipe === undefined ? null : JSON.stringify(plan.recipe),
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
