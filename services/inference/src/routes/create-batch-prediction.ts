import { emit, flow } from '@bellwether/contracts';
import { findVersion, insertJob, type JobTable, jobDocument } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { chooseBackend } from '../domain/choose-backend.ts';
import { planPrediction } from '../domain/plan-prediction.ts';
import { readyDataset } from './find-dataset.ts';

/** `POST /v1/models/{name}/batch-predictions` */
export const createBatchPrediction: Route<'createBatchPrediction', Deps> = async ({ tenantId, params, body }, deps) => {
  const { models, newId, now } = deps;
  const loaded = await models.get(tenantId, params.name, body.version);
  const dataset = await readyDataset(tenantId, body.datasetId, deps, 'datasetId');
  const { id, name } = dataset;
  const table = { id, name, schema: JSON.parse(dataset.schema ?? '[]'), roles: JSON.parse(dataset.roles) };
  const row = await findVersion(deps.database.read, tenantId, params.name, loaded.version);
  const plan = {
    ...planPrediction(loaded, table, body, newId('ds')),
    ...chooseBackend(body.backend, row?.algorithm, deps.config),
  };
  const job: JobTable = {
    id: newId('job'),
    tenant_id: tenantId,
    kind: 'batch-prediction',
    status: 'queued',
    progress: 0,
    model: params.name,
    dataset_id: id,
    parent_id: null,
    request: JSON.stringify({ datasetId: id, version: plan.version, name: plan.name }),
    plan: JSON.stringify(plan),
    result: null,
    error_code: null,
    error_detail: null,
    created_at: now(),
    started_at: null,
    finished_at: null,
  };
  return {
    commit: async (tx) => {
      await insertJob(tx, job);
      return {
        body: { job: jobDocument(job) },
        messages: [emit(flow.predictionRequested, { jobId: job.id }, { jobId: job.id })],
      };
    },
  };
};
