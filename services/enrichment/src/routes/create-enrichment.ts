import { emit, flow, Problem } from '@bellwether/contracts';
import { findDataset, insertJob, type JobTable, jobDocument } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { planEnrichment } from '../domain/plan-enrichment.ts';

/** `POST /v1/datasets/{id}/enrichments` */
export const createEnrichment: Route<'createEnrichment', Deps> = async ({ tenantId, params, body }, deps) => {
  const { database, newId, now } = deps;
  const dataset = await findDataset(database.read, tenantId, params.id);
  if (dataset === undefined) {
    throw new Problem(404, 'dataset-not-found', `There is no dataset ${params.id}.`, {
      field: 'id',
      cure: 'List what there is with GET /v1/datasets.',
    });
  }
  if (dataset.status !== 'ready') {
    throw new Problem(409, 'dataset-not-ready', `Dataset ${dataset.id} is ${dataset.status}.`, {
      field: 'id',
      cure:
        dataset.status === 'rejected' ? 'Mend its problems and upload it again.' : 'Wait until its status is ready.',
    });
  }
  const table = { name: dataset.name, schema: JSON.parse(dataset.schema ?? '[]'), roles: JSON.parse(dataset.roles) };
  const planned = planEnrichment(body, table, () => newId('ds'));
  if (!planned.ok) {
    const { code, detail, field, cure } = planned.refusal;
    throw new Problem(422, code, detail, { field, cure });
  }
  const job: JobTable = {
    id: newId('job'),
    tenant_id: tenantId,
    kind: 'enrichment',
    status: 'queued',
    progress: 0,
    model: null,
    dataset_id: dataset.id,
    request: JSON.stringify(body),
    plan: JSON.stringify(planned.plan),
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
        messages: [emit(flow.enrichmentRequested, { jobId: job.id }, { jobId: job.id })],
      };
    },
  };
};
