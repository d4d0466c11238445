import { emit, flow } from '@bellwether/contracts';
import { findDataset, getJob, isJobOpen, updateOpenJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { derive } from '../derivation/derive.ts';
import type { EnrichmentPlan } from '../domain/plan-enrichment.ts';
import { handedOver } from '../domain/progress.ts';
import { endJob } from '../jobs/end-job.ts';

/** An enrichment was accepted: write its outputs to the object store and hand them to ingest, which registers them. */
export const deriveDatasets: Handler<'enrichment', typeof flow.enrichmentRequested, Deps> = async (
  { body, tenantId },
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const job = await getJob(database.read, body.jobId);
  if (job?.plan == null || !(await isJobOpen(database.read, job.id))) return async () => [];
  const dataset = await findDataset(database.read, tenantId, job.dataset_id ?? '');
  if (dataset?.data_key == null) {
    const end = { status: 'failed', code: 'dataset-not-found', detail: 'The dataset was deleted.' } as const;
    return async (tx) => await endJob(tx, job.id, end, now());
  }
  const plan = JSON.parse(job.plan) as EnrichmentPlan;
  const started = { status: 'running', started_at: job.started_at ?? now() } as const;
  await database.transact((tx) => updateOpenJob(tx, job.id, started));
  const derived = await derive(dataset, plan, deps, signal);

  return async (tx) => {
    if (!derived.ok) {
      return await endJob(tx, job.id, { status: 'failed', code: derived.code, detail: derived.reason }, now());
    }
    const { notes } = derived;
    if (!(await updateOpenJob(tx, job.id, { progress: handedOver, result: JSON.stringify({ notes }) }))) return [];
    const recipe = { ...JSON.parse(job.request), steps: plan.steps, notes, jobId: job.id };
    return plan.outputs.map(({ part, datasetId, name, roles }) =>
      emit(
        flow.datasetDerived,
        { datasetId, name, key: derived.keys[part] ?? '', parents: [dataset.id], recipe: { ...recipe, part }, roles },
        { jobId: job.id },
      ),
    );
  };
};
