import { emit, type FeatureRecipe, flow, Problem } from '@bellwether/contracts';
import { insertJob, jobDocument, newestUploadOf, queuedJob, type Tx } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { nameAddedColumns } from '../domain/added-columns.ts';
import type { BatchPlan } from '../domain/batch-plan.ts';
import { modelWithoutItems } from '../items/refusals.ts';

interface Asked {
  readonly tenantId: string;
  readonly model: string;
  /** how many */
  readonly periods: number;
  /** of the predictions; default: that of the source and `-predictions` */
  readonly name?: string | undefined;
  /** which step of which run of an automation it is */
  readonly step?: { readonly jobId: string; readonly runId: string };
}

/**
 * Checks and plans the prediction of the next periods of all items, by the champion, from the newest upload of what it
 * was trained on.
 *
 * @returns what commits the job with its first message
 * @throws Problem `model-without-items`, `dataset-not-found`, and those of a model that is not there
 */
export async function acceptNextPeriods({ tenantId, model, periods, name, step }: Asked, deps: Deps) {
  const loaded = await deps.models.get(tenantId, model);
  const {
    source,
    item,
    period,
    timestamp = 'period_start',
  } = JSON.parse(loaded.recipe ?? '{}') as Partial<FeatureRecipe>;
  if (source === undefined || item === undefined || period === undefined) throw modelWithoutItems(model);
  const dataset = await newestUploadOf(deps.database.read, tenantId, source);
  if (dataset === undefined) {
    throw new Problem(404, 'dataset-not-found', `There is no uploaded dataset ${source}, of which the model learned.`);
  }
  const { version, task, target } = loaded;
  const suffix = '-predictions';
  const plan: BatchPlan = {
    version,
    task,
    target,
    inputs: [],
    datasetId: deps.newId('ds'),
    name: name ?? `${source.slice(0, 100 - suffix.length)}${suffix}`,
    roles: { item, timestamp },
    periods,
    ...nameAddedColumns([item, timestamp], []),
  };
  const job = queuedJob({
    id: step?.jobId ?? deps.newId('job'),
    tenant_id: tenantId,
    kind: 'batch-prediction',
    model,
    dataset_id: dataset.id,
    parent_id: step?.runId ?? null,
    request: { datasetId: dataset.id, version, name: plan.name, periods },
    plan: JSON.stringify(plan),
    created_at: deps.now(),
  });
  return async (tx: Tx) => {
    await insertJob(tx, job);
    return {
      body: { job: jobDocument(job) },
      messages: [emit(flow.predictionRequested, { jobId: job.id }, { jobId: job.id })],
    };
  };
}
