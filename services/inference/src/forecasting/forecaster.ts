import { readFile } from 'node:fs/promises';
import type { ForecastJobPlan, ForecastJobProgress } from '@bellwether/contracts';
import type { JobTable } from '@bellwether/database';
import { type ForecasterIndex, type PanelIndex, tunedPlan } from '@bellwether/forecasting';
import type { Deps } from '../deps.ts';

/** All objects that forecasts of a job are made of. */
export const forecastsPrefix = (tenantId: string, jobId: string): string => `forecasts/${tenantId}/${jobId}/`;

/** Reads a stored index. */
async function readJson<Value>(key: string, { store }: Pick<Deps, 'store'>): Promise<Value> {
  await using copy = await store.localCopy(key);
  return JSON.parse(await readFile(copy.path, 'utf8')) as Value;
}

export const readForecaster = (key: string, deps: Pick<Deps, 'store'>) => readJson<ForecasterIndex>(key, deps);
export const readPanel = (key: string, deps: Pick<Deps, 'store'>) => readJson<PanelIndex>(key, deps);

/** The panel of a forecaster, with the hyperparameters that were found for it in its plan. */
export async function readTunedPanel(
  { panelKey, hyperparameters = {} }: ForecasterIndex,
  deps: Pick<Deps, 'store'>,
): Promise<PanelIndex> {
  const index = await readPanel(panelKey, deps);
  return { ...index, plan: tunedPlan(index.plan, hyperparameters) };
}

export const planOf = (job: JobTable): ForecastJobPlan => JSON.parse(job.plan ?? '{}') as ForecastJobPlan;

/** Whether a forecast job is in the step that is inference's. */
export function isForecasting(job: JobTable | undefined): boolean {
  return (JSON.parse(job?.result ?? '{}') as Partial<ForecastJobProgress>).step === 'forecast';
}
