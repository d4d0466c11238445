import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForecastJobPlan, ForecastJobProgress } from '@bellwether/contracts';
import { findDataset, type JobTable } from '@bellwether/database';
import { type BoostedTreesOptions, boostedTreesName, type Hyperparameters } from '@bellwether/forecasting';
import { type ChildWatch, runInChild } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { PanelTask, PreparedPanel } from './panel-task.ts';

export type StoredPanel =
  | { readonly kind: 'stored'; readonly panelKey: string; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

const program = new URL('./child.ts', import.meta.url);

/** All objects of a job's panel. */
export const panelPrefix = (tenantId: string, jobId: string): string => `panels/${tenantId}/${jobId}/`;

/** Brings a forecast's tables, prepares their panel in a process of its own, and stores it under keys of this attempt. */
export async function storePanel(job: JobTable, deps: Deps, watch: ChildWatch): Promise<StoredPanel> {
  const { store, workFolder, newId, now } = deps;
  const plan = JSON.parse(job.plan ?? '{}') as ForecastJobPlan;
  const progress = JSON.parse(job.result ?? '{}') as ForecastJobProgress;
  const target = await tableKey(job, plan.datasets.target, deps);
  if (target === undefined) return { kind: 'refused', code: 'dataset-not-found', detail: 'The dataset was deleted.' };
  const relatedKey = progress.related === true ? await tableKey(job, plan.datasets.related, deps) : undefined;
  const attempt = newId('at');
  const folder = join(workFolder, attempt);
  try {
    await mkdir(folder);
    await using table = await store.localCopy(target);
    await using related = relatedKey === undefined ? undefined : await store.localCopy(relatedKey);
    const task: PanelTask = {
      tables: {
        target: table.path,
        ...(related === undefined ? {} : { related: related.path }),
        columns: plan.columns,
        ...(plan.known === undefined ? {} : { known: plan.known }),
      },
      request: requestOf(plan),
      ...(plan.frequency === undefined ? {} : { frequency: plan.frequency }),
      ...(plan.timeZone === undefined ? {} : { timeZone: plan.timeZone }),
      ...(plan.negatives === undefined ? {} : { negatives: plan.negatives }),
      now: now(),
      folder,
    };
    const end = await runInChild<PreparedPanel>(program, task, watch);
    if (end.kind === 'refused') return end;
    const prefix = `${panelPrefix(job.tenant_id, job.id)}${attempt}/`;
    for (const { file } of end.result.chunks) await store.putFile(prefix + file, join(folder, file));
    const panelKey = prefix + end.result.index;
    await store.putFile(panelKey, join(folder, end.result.index));
    return { kind: 'stored', panelKey, notes: end.result.notes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tableKey(job: JobTable, datasetId: string, { database }: Deps): Promise<string | undefined> {
  const dataset = await findDataset(database.read, job.tenant_id, datasetId);
  return dataset?.data_key ?? undefined;
}

function requestOf(plan: ForecastJobPlan): PanelTask['request'] {
  const { horizon, quantiles, windows, seed, predictors = [], automatic } = plan;
  const names = predictors.map(({ name }) => name);
  // Checked at acceptance.
  const boostedTrees = predictors.find(({ name }) => name === boostedTreesName)?.hyperparameters;
  const isAutomatic = automatic !== undefined || predictors.length === 0;
  const searched = predictors.filter(({ search }) => search).map(({ name }) => name);
  return {
    horizon,
    quantiles,
    windows,
    seed,
    ...(isAutomatic ? { extraModels: names } : { models: names }),
    ...(boostedTrees === undefined ? {} : { boostedTrees: boostedTrees as BoostedTreesOptions }),
    ...(automatic === undefined ? {} : { automaticWindows: automatic.windows }),
    modelWindows: Object.fromEntries(predictors.map((one) => [one.name, one.windows])),
    hyperparameters: Object.fromEntries(
      predictors.map(({ name, hyperparameters }) => [name, hyperparameters as Hyperparameters]),
    ),
    search: automatic?.search === true ? 'all' : searched,
  };
}
