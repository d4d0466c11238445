import { type Column, type EnrichmentRequest, emit, flow, Problem, type Roles } from '@bellwether/contracts';
import { findDataset, insertJob, type JobTable, jobDocument } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { joinedDatasets } from '../derivation/open-inputs.ts';
import { wantedSeries } from '../derivation/write-series.ts';
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
  await requireSeries(body.steps, deps);
  const table = {
    name: dataset.name,
    columns: JSON.parse(dataset.schema ?? '[]') as Column[],
    roles: JSON.parse(dataset.roles) as Roles,
  };
  const others = await schemasOf(joinedDatasets(body.steps), tenantId, deps);
  const plan = planEnrichment(
    body,
    table,
    () => newId('ds'),
    (id) => others.get(id),
  );
  const job: JobTable = {
    id: newId('job'),
    tenant_id: tenantId,
    kind: 'enrichment',
    status: 'queued',
    progress: 0,
    model: null,
    dataset_id: dataset.id,
    parent_id: null,
    request: JSON.stringify(body),
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
        messages: [emit(flow.enrichmentRequested, { jobId: job.id }, { jobId: job.id })],
      };
    },
  };
};

/** Schemas of this tenant's datasets that are ready; others are as good as absent. */
async function schemasOf(ids: readonly string[], tenantId: string, { database }: Deps): Promise<Map<string, Column[]>> {
  const schemas = new Map<string, Column[]>();
  for (const id of ids) {
    const dataset = await findDataset(database.read, tenantId, id);
    if (dataset?.status === 'ready') schemas.set(id, JSON.parse(dataset.schema ?? '[]'));
  }
  return schemas;
}

/** Refuses series that do not exist while the caller listens. A source that is down now may answer the job later. */
async function requireSeries(steps: EnrichmentRequest['steps'], { series }: Deps): Promise<void> {
  for (const id of wantedSeries(steps).keys()) {
    try {
      await series.require(id);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'fred-unavailable') throw error;
    }
  }
}
