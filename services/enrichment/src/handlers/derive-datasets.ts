import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataProblem, emit, flow } from '@bellwether/contracts';
import { findDataset, getJob, isJobOpen, updateOpenJob } from '@bellwether/database';
import { selectColumns, writeSplit } from '@bellwether/datasets';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { EnrichmentPlan, PlannedOutput } from '../domain/plan-enrichment.ts';
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
  const derived = await derive(dataset.data_key, plan, tenantId, deps, signal);

  return async (tx) => {
    if (!derived.ok) {
      return await endJob(tx, job.id, { status: 'failed', code: 'derivation-failed', detail: derived.reason }, now());
    }
    if (!(await updateOpenJob(tx, job.id, { progress: handedOver }))) return [];
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

/** Writes the outputs under keys of this attempt; no file of it stays in the work folder, however it ends. */
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
  try {
    await using source = await store.localCopy(dataKey);
    const problems = await writeParts(source.path, plan, file, deps, signal);
    if (problems !== undefined) return refused(problems);
    const keys: Partial<Record<Part, string>> = {};
    for (const { part, datasetId } of plan.outputs) {
      const key = `derived/${tenantId}/${datasetId}/${attempt}.parquet`;
      await store.putFile(key, file(part));
      keys[part] = key;
    }
    return { ok: true, keys };
  } finally {
    for (const part of parts) await rm(file(part), { force: true });
  }
}

const parts: readonly Part[] = ['enriched', 'train', 'test', 'actuals'];

/** Returns what is wrong with the data, or undefined when all parts are written. */
async function writeParts(
  source: string,
  plan: EnrichmentPlan,
  file: (part: Part) => string,
  { config, workFolder }: Deps,
  signal: AbortSignal,
): Promise<readonly DataProblem[] | undefined> {
  const limits = {
    memoryBytes: config.PARSE_MEMORY_MB * 2 ** 20,
    wallMilliseconds: config.PARSE_TIMEOUT_SECONDS * 1000,
  };
  const options = { workDir: workFolder, signal, limits };
  const selected = await selectColumns(source, { columns: plan.columns, output: file('enriched'), ...options });
  if (!selected.ok) return selected.problems;
  if (plan.split === undefined) return undefined;
  const outputs = { train: file('train'), test: file('test'), actuals: file('actuals') };
  const split = await writeSplit(file('enriched'), { ...plan.split, outputs, ...options });
  return split.ok ? undefined : split.problems;
}

function refused(problems: readonly DataProblem[]): Derived {
  return { ok: false, reason: problems.map(({ code, message }) => `${code}: ${message}`).join('; ') };
}
