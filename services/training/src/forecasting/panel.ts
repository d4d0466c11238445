import { readFile } from 'node:fs/promises';
import type { ForecastJobProgress } from '@bellwether/contracts';
import type { JobTable } from '@bellwether/database';
import type { PanelIndex } from '@bellwether/forecasting';
import type { Deps } from '../deps.ts';

/** Where the panel of a forecast job is: undefined before it was prepared. */
export function panelKeyOf(job: JobTable | undefined): string | undefined {
  return progressOf(job).panelKey;
}

/** Whether a forecast job is in the steps that are training's. */
export function isTraining(job: JobTable | undefined): boolean {
  const { step } = progressOf(job);
  return step === 'train-predictors' || step === 'backtest';
}

/** Reads what the chunks of a panel have in common. */
export async function readPanel(panelKey: string, { store }: Pick<Deps, 'store'>): Promise<PanelIndex> {
  await using copy = await store.localCopy(panelKey);
  return JSON.parse(await readFile(copy.path, 'utf8')) as PanelIndex;
}

function progressOf(job: JobTable | undefined): Partial<ForecastJobProgress> {
  return JSON.parse(job?.result ?? '{}') as Partial<ForecastJobProgress>;
}
