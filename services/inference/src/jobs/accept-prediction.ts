import { type BatchPredictionRequest, emit, flow } from '@bellwether/contracts';
import { findVersion, insertJob, jobDocument, queuedJob, type Tx } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { chooseBackend } from '../domain/choose-backend.ts';
import { planPrediction } from '../domain/plan-prediction.ts';
import { readyDataset } from '../routes/find-dataset.ts';

interface Asked {
  readonly tenantId: string;
  readonly model: string;
  readonly request: BatchPredictionRequest;
  /** whose test set this is, where it was asked for by that */
  readonly trainingJobId?: string;
  /** which step of which run of an automation it is */
  readonly step?: { readonly jobId: string; readonly runId: string };
}

/**
 * Checks and plans the prediction of all rows of a dataset: what can be refused is refused while the caller listens.
 *
 * @returns what commits the job with its first message
 * @throws Problem naming the field
 */
export async function acceptPrediction({ tenantId, model, request: asked, trainingJobId, step }: Asked, deps: Deps) {
  const { models, newId, now } = deps;
  const loaded = await models.get(tenantId, model, asked.version);
  const dataset = await readyDataset(tenantId, asked.datasetId, deps, 'datasetId');
  const { id, name } = dataset;
  const table = { id, name, schema: JSON.parse(dataset.schema ?? '[]'), roles: JSON.parse(dataset.roles) };
  const row = await findVersion(deps.database.read, tenantId, model, loaded.version);
  const plan = {
    ...planPrediction(loaded, table, asked, newId('ds')),
    ...chooseBackend(asked.backend, row?.algorithm, deps.config),
  };
  const job = queuedJob({
    id: step?.jobId ?? newId('job'),
    tenant_id: tenantId,
    kind: 'batch-prediction',
    model,
    dataset_id: id,
    parent_id: step?.runId ?? null,
    request: {
      datasetId: id,
      version: plan.version,
      name: plan.name,
      interval: asked.interval,
      trainingJobId,
    },
    plan: JSON.stringify(plan),
    created_at: now(),
  });
  return async (tx: Tx) => {
    await insertJob(tx, job);
    return {
      body: { job: jobDocument(job) },
      messages: [emit(flow.predictionRequested, { jobId: job.id }, { jobId: job.id })],
    };
  };
}
