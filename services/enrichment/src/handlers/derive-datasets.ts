import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataProblem, emit, flow } from '@bellwether/contracts';
import { findDataset, getJob, isJobOpen, updateOpenJob } from '@bellwether/database';
import { selectColumns, writeSplit } from '@bellwether/datasets';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { EnrichmentPlan, PlannedOutput } from '../domain/plan-enrichment.ts';
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
  const derived = await derive(dataset.data_key, plan, tenantId, deps, signal);

  return async (tx) => {
    if (!derived.ok) {
      return await endJob(tx, job.id, { status: 'failed', code: 'derivation-failed', detail: derived.reason }, now());
    }
    if (!(await updateOpenJob(tx, job.id, { status: 'running', started_at: now(), progress: 0.5 }))) return [];
    const recipe = { ...JSON.parse(job.request), jobId: job.id };
    return plan.outputs.map(({ part, datasetId, name, roles }) =>
      emit(
        flow.datasetDerived,
        { datasetId, name, key: derived.keys[part] ?? '', parents: [dataset.id], recipe: { ...recipe, part }, roles },
        { jobId: job.id },
      ),
    );
  };
};

type Part = PlannedOutput['part'];
type Derived =
  | { readonly ok: true; readonly keys: Partial<Record<Part, string>> }
  | { readonly ok: false; readonly reason: string };

async function derive(
  dataKey: string,
  plan: EnrichmentPlan,
  tenantId: string,
  deps: Deps,
  signal: AbortSignal,
): Promise<Derived> {
  const { store, workFolder, newId } = deps;
  const attempt = newId('at');
  const file = (part: Part) => join(workFolder, `${attempt}-${part}.parquet`);
  await using source = await store.localCopy(dataKey);
  const options = { workDir: workFolder, signal };
  const selected = await selectColumns(source.path, { columns: plan.columns, output: file('enriched'), ...options });
  if (!selected.ok) return refused(selected.problems);
  if (plan.split !== undefined) {
    const outputs = { train: file('train'), test: file('test'), actuals: file('actuals') };
    const split = await writeSplit(file('enriched'), { ...plan.split, outputs, ...options });
    await rm(file('enriched'), { force: true });
    if (!split.ok) return refused(split.problems);
  }
  const keys: Partial<Record<Part, string>> = {};
  for (const { part, datasetId } of plan.outputs) {
    const key = `derived/${tenantId}/${datasetId}/${attempt}.parquet`;
    await store.putFile(key, file(part));
    keys[part] = key;
  }
  return { ok: true, keys };
}

function refused(problems: readonly DataProblem[]): Derived {
  return { ok: false, reason: problems.map(({ code, message }) => `${code}: ${message}`).join('; ') };
}
