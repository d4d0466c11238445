import {
  type Column,
  type DataProblem,
  type EnrichmentRequest,
  emit,
  flow,
  Problem,
  type Roles,
} from '@bellwether/contracts';
import { type DatasetTable, findDataset, insertJob, jobDocument, queuedJob, type Tx } from '@bellwether/database';
import { seriesOfSteps } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';
import { joinedDatasets } from '../derivation/open-inputs.ts';
import { type EnrichmentPlan, planEnrichment } from '../domain/plan-enrichment.ts';

interface Asked {
  readonly tenantId: string;
  readonly datasetId: string;
  /** made of the dataset's columns and roles where they decide on it */
  readonly request: EnrichmentRequest | ((dataset: DatasetTable) => EnrichmentRequest);
  /** which step of which run of an automation it is */
  readonly step?: { readonly jobId: string; readonly runId: string };
}

/**
 * Checks an enrichment and plans it: what can be refused is refused while the caller listens.
 *
 * @returns the plan, and what commits the job with its first message
 * @throws Problem naming the field: `dataset-not-found`, `dataset-not-ready`, those of series and of steps
 */
export async function acceptEnrichment({ tenantId, datasetId, request: asked, step }: Asked, deps: Deps) {
  const { newId, now } = deps;
  const dataset = await readyDataset(tenantId, datasetId, deps);
  const request = typeof asked === 'function' ? asked(dataset) : asked;
  await requireSeries(request.steps, deps);
  const table = {
    name: dataset.name,
    columns: JSON.parse(dataset.schema ?? '[]') as Column[],
    roles: JSON.parse(dataset.roles) as Roles,
    problems: JSON.parse(dataset.problems) as DataProblem[],
  };
  const others = await schemasOf(joinedDatasets(request.steps), tenantId, deps);
  const plan: EnrichmentPlan = planEnrichment(
    request,
    table,
    () => newId('ds'),
    (id) => others.get(id),
  );
  const job = queuedJob({
    id: step?.jobId ?? newId('job'),
    tenant_id: tenantId,
    kind: 'enrichment',
    dataset_id: dataset.id,
    parent_id: step?.runId ?? null,
    request,
    plan: JSON.stringify(plan),
    created_at: now(),
  });
  const commit = async (tx: Tx) => {
    await insertJob(tx, job);
    return {
      body: { job: jobDocument(job) },
      messages: [emit(flow.enrichmentRequested, { jobId: job.id }, { jobId: job.id })],
    };
  };
  return { plan, commit };
}

async function readyDataset(tenantId: string, id: string, { database }: Deps): Promise<DatasetTable> {
  const dataset = await findDataset(database.read, tenantId, id);
  if (dataset === undefined) {
    throw new Problem(404, 'dataset-not-found', `There is no dataset ${id}.`, {
      field: 'id',
      cure: 'List what there is with GET /v1/datasets.',
    });
  }
  if (dataset.status === 'ready') return dataset;
  throw new Problem(409, 'dataset-not-ready', `Dataset ${dataset.id} is ${dataset.status}.`, {
    field: 'id',
    cure: dataset.status === 'rejected' ? 'Mend its problems and upload it again.' : 'Wait until its status is ready.',
  });
}

/** Schemas of this tenant's datasets that are ready; others are as good as absent. */
async function schemasOf(ids: readonly string[], tenantId: string, { database }: Deps): Promise<Map<string, Column[]>> {
  const schemas = new Map<string, Column[]>();
  for (const id of ids) {
    const dataset = await findDataset(database.read, tenantId, id);
    if (dataset?.status === 'ready') schemas.set(id, JSON.parse(dataset.schema ?? '[]'));
  }
  return schemas;
}

/** Milliseconds; what is not known by then the job will find out. */
const longestLook = 10_000;

/** Refuses series that do not exist while the caller listens. A source that is down now may answer the job later. */
async function requireSeries(
  steps: EnrichmentRequest['steps'],
  { series, now }: Pick<Deps, 'series' | 'now'>,
): Promise<void> {
  const end = now() + longestLook;
  for (const id of seriesOfSteps(steps).keys()) {
    if (now() >= end) return;
    try {
      await series.require(id);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'fred-unavailable') throw error;
      return;
    }
  }
}
