import { emit, type FeatureRecipe, flow } from '@bellwether/contracts';
import {
  findDataset,
  findVersion,
  getJob,
  insertPredictions,
  isJobOpen,
  type JobTable,
  type PredictionTable,
  updateOpenJob,
} from '@bellwether/database';
import { type Handler, watchJob } from '@bellwether/platform';
import type { Waits } from '@bellwether/sagemaker';
import { advancePrediction } from '../batch/advance-prediction.ts';
import { type WrittenPredictions, writePredictions } from '../batch/write-predictions.ts';
import type { Deps } from '../deps.ts';
import type { BatchPlan } from '../domain/batch-plan.ts';
import { writeNextPeriods } from '../items/write-next-periods.ts';
import { endJob } from '../jobs/end-job.ts';
import { handedOver } from '../jobs/settle-prediction.ts';

/** A batch prediction was accepted: predict, store the table, and hand it to ingest, which registers it. */
export const runPrediction: Handler<'inference', typeof flow.predictionRequested, Deps> = async (
  { body },
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const job = await getJob(database.read, body.jobId);
  if (job?.plan == null || !(await isJobOpen(database.read, job.id))) return async () => [];
  const plan = JSON.parse(job.plan) as BatchPlan;
  const outcome = await attempt(job, plan, deps, signal);
  if (outcome.kind === 'cancelled') return async () => [];
  if (outcome.kind === 'waits') {
    const { delaySeconds } = outcome;
    // Even of a job that was cancelled meanwhile: whoever hears this stops what it started.
    return async () => [emit(flow.predictionSubmitted, body, { jobId: job.id, delaySeconds })];
  }

  return async (tx) => {
    if (outcome.kind === 'refused') {
      return await endJob(tx, job.id, { status: 'failed', code: outcome.code, detail: outcome.detail }, now());
    }
    if (!(await updateOpenJob(tx, job.id, { progress: handedOver }))) return [];
    await insertPredictions(tx, rowOf(job, plan, now()));
    const { datasetId, name, roles } = plan;
    const recipe = { ...JSON.parse(job.request), model: job.model, version: plan.version, jobId: job.id };
    const parents = [job.dataset_id ?? ''];
    return [
      emit(flow.predictionsDerived, { datasetId, name, key: outcome.key, parents, recipe, roles }, { jobId: job.id }),
    ];
  };
};

async function attempt(
  job: JobTable,
  plan: BatchPlan,
  deps: Deps,
  signal: AbortSignal,
): Promise<WrittenPredictions | Waits> {
  const { database, now } = deps;
  const dataset = await findDataset(database.read, job.tenant_id, job.dataset_id ?? '');
  if (dataset?.data_key == null) return refused('dataset-not-found', 'The dataset was deleted.');
  const version = await findVersion(database.read, job.tenant_id, job.model ?? '', plan.version);
  if (version === undefined) {
    return refused('version-not-found', `Version ${plan.version} of model ${job.model} was deleted.`);
  }
  const started = { status: 'running', started_at: job.started_at ?? now() } as const;
  await database.transact((tx) => updateOpenJob(tx, job.id, started));
  await using watch = watchJob({
    signal,
    isWanted: () => isJobOpen(database.read, job.id),
    onProgress: async (fraction) => {
      await database.transact((tx) => updateOpenJob(tx, job.id, { progress: fraction * handedOver }));
    },
  });
  const { data_key: dataKey } = dataset;
  const { artifact_key: artifactKey } = version;
  const order = { tenantId: job.tenant_id, plan, dataKey, artifactKey };
  const { periods } = plan;
  if (periods !== undefined) {
    const loaded = await deps.models.get(job.tenant_id, version.model, version.version);
    const recipe = JSON.parse(version.recipe ?? '{}') as FeatureRecipe;
    return await writeNextPeriods(
      { dataset: { ...dataset, data_key: dataset.data_key }, recipe, loaded, plan: { ...plan, periods } },
      deps,
      watch,
    );
  }
  if (plan.backend !== 'sagemaker') return await writePredictions(order, deps, watch);
  return await advancePrediction({ jobId: job.id, startedAt: started.started_at }, order, deps, watch);
}

function refused(code: string, detail: string): WrittenPredictions {
  return { kind: 'refused', code, detail };
}

function rowOf(job: JobTable, plan: BatchPlan, now: number): PredictionTable {
  return {
    dataset_id: plan.datasetId,
    tenant_id: job.tenant_id,
    job_id: job.id,
    source_id: job.dataset_id ?? '',
    model: job.model ?? '',
    version: plan.version,
    task: plan.task,
    target: plan.target,
    prediction_column: plan.predictionColumn,
    probabilities: JSON.stringify(plan.probabilities),
    created_at: now,
  };
}
