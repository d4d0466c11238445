import { emit, type FeatureRecipe, flow } from '@bellwether/contracts';
import { championsWithRecipe, insertRefusedStep, type JobTable, lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { BatchPlan } from '../domain/batch-plan.ts';
import { endJob } from '../jobs/end-job.ts';
import { handedOver, settlePrediction } from '../jobs/settle-prediction.ts';

/**
 * A dataset is ready: if it was the table of a batch prediction, the job has succeeded; if champions were trained on
 * what steps made of datasets of its name, their items have news.
 */
export const finishPrediction: Handler<'inference', typeof flow.datasetReady, Deps> = async (message, { now }) => {
  const { jobId, tenantId, body } = message;
  return async (tx) => {
    const settled = jobId === undefined ? [] : await settlePrediction(tx, jobId, now());
    const champions = await championsWithRecipe(tx, tenantId);
    const outdated = champions.filter(({ recipe }) => (JSON.parse(recipe) as FeatureRecipe).source === body.name);
    return [...settled, ...outdated.map(({ model }) => emit(flow.itemsOutdated, { model }))];
  };
};

/** A dataset was rejected: if it was the table of a batch prediction, the job has failed. */
export const failOnRejected: Handler<'inference', typeof flow.datasetRejected, Deps> = async ({ jobId }, { now }) => {
  return async (tx) => (jobId === undefined ? [] : await settlePrediction(tx, jobId, now()));
};

/**
 * A batch prediction died: its job fails with the reason of the last attempt. One whose table is handed over goes on:
 * its message died after it was handled, as one does whose deletion from the queue failed each time. A step of a run that was not even
 * accepted is put in as failed.
 */
export const failPrediction: Handler<'inference', typeof flow.predictionFailed, Deps> = async (message, { now }) => {
  const { body, tenantId } = message;
  const { jobId: id, runId } = body;
  const detail = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const job = await lockJob(tx, id);
    if (job === undefined && runId !== undefined) {
      const step = { id, tenant_id: tenantId, kind: 'batch-prediction', runId, code: 'step-failed', detail } as const;
      return [
        emit(flow.predictionFinished, await insertRefusedStep(tx, step, now()), { jobId: id, id: `${id}:finished` }),
      ];
    }
    if (job === undefined || job.progress >= handedOver) return [];
    return followed(job, await endJob(tx, job.id, { status: 'failed', code: 'prediction-failed', detail }, now()));
  };
};

/** Somebody asked for a job to stop. A table that ingest registers afterwards stays, as a dataset like others. */
export const cancelPrediction: Handler<'inference', typeof flow.cancelRequested, Deps> = async ({ body }, { now }) => {
  const end = { status: 'cancelled', code: 'cancelled', detail: 'Cancelled on request.' } as const;
  return async (tx) => {
    if (body.kind !== 'batch-prediction') return [];
    const job = await lockJob(tx, body.jobId);
    return job === undefined ? [] : followed(job, await endJob(tx, job.id, end, now()));
  };
};

/** Whoever hears of a prediction on SageMaker that has ended stops its transform job. */
export function followed({ id, plan }: JobTable, ended: Awaited<ReturnType<typeof endJob>>) {
  const { backend } = JSON.parse(plan ?? '{}') as Partial<BatchPlan>;
  if (ended.length === 0 || backend !== 'sagemaker') return ended;
  return [...ended, emit(flow.predictionSubmitted, { jobId: id }, { jobId: id })];
}
