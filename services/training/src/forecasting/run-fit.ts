import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ForecastFitTable, fitsOf, type PartEnd } from '@bellwether/database';
import { chunkKey, hyperparametersIn, type PanelIndex, tunedPlan, windowCount } from '@bellwether/forecasting';
import { type ChildWatch, runInChild } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { FitTask } from './fit-task.ts';
import { readFound } from './found.ts';
import { globalModelKeys, modelsOf } from './global-fits.ts';
import { forecasterPrefix, modelKey, summaryKeyOf } from './keys.ts';
import { readPanel } from './panel.ts';

const program = new URL('./child.ts', import.meta.url);

/** Brings what a fit needs, runs it in a process of its own, and stores what came out under keys of this attempt. */
export async function runFit(fit: ForecastFitTable, panelKey: string, deps: Deps, watch: ChildWatch): Promise<PartEnd> {
  const { store, workFolder, newId } = deps;
  const attempt = newId('at');
  const folder = join(workFolder, attempt);
  const key = `${forecasterPrefix(fit.tenant_id, fit.job_id)}${attempt}.${fit.stage}`;
  await using copies = new AsyncDisposableStack();
  const bring = async (object: string) => copies.use(await store.localCopy(object)).path;
  try {
    await mkdir(folder);
    const files = { folder, bring };
    const task = await taskOf(fit, panelKey, deps, files);
    const end = await runInChild(program, task, watch);
    if (end.kind === 'refused') return { status: 'failed', error_code: end.code, error_detail: end.detail };
    if (task.kind === 'chunk') {
      await store.putFile(summaryKeyOf(key), task.summary);
      await store.putFile(key, task.output);
    } else if (task.kind === 'search') {
      await store.putFile(key, task.output);
    } else {
      for (const { window, output } of task.models) await store.putFile(modelKey(key, window), output);
    }
    return { status: 'succeeded', output_key: key };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Files {
  readonly folder: string;
  readonly bring: (key: string) => Promise<string>;
}

async function taskOf(fit: ForecastFitTable, panelKey: string, deps: Deps, files: Files): Promise<FitTask> {
  const index = await readPanel(panelKey, deps);
  const fits = await fitsOf(deps.database.read, fit.job_id);
  // Hyperparameters that were found are the plan's from then on.
  const plan = tunedPlan(index.plan, hyperparametersIn(await readFound(fits, deps)));
  if (fit.stage === 'chunk') return await chunkTask(fit, panelKey, { ...index, plan }, fits, files);
  const chunks: string[] = [];
  for (const { file } of index.chunks) chunks.push(await files.bring(chunkKey(panelKey, file)));
  if (fit.stage === 'search') return { kind: 'search', index, chunks, output: join(files.folder, 'found.json') };
  return globalTask(fit, { ...index, plan }, chunks, files);
}

function globalTask(
  { position }: ForecastFitTable,
  index: PanelIndex,
  chunks: readonly string[],
  { folder }: Files,
): FitTask {
  const models = modelsOf(index, position).map((window) => ({ window, output: join(folder, `${window}.model`) }));
  return { kind: 'global', index, chunks, models };
}

async function chunkTask(
  fit: ForecastFitTable,
  panelKey: string,
  index: PanelIndex,
  fits: readonly ForecastFitTable[],
  { folder, bring }: Files,
): Promise<FitTask> {
  const { plan } = index;
  const keys = globalModelKeys(index, fits);
  const globalModels: (string | null)[] = [];
  for (let window = 0; window < windowCount(plan); window += 1) {
    const key = keys.get(window);
    globalModels.push(key === undefined ? null : await bring(key));
  }
  const chunk = await bring(chunkKey(panelKey, index.chunks[fit.position]?.file ?? ''));
  return {
    kind: 'chunk',
    chunk,
    plan,
    globalModels,
    output: join(folder, 'backtests'),
    summary: join(folder, 'summary'),
  };
}
