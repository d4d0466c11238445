import { readFile } from 'node:fs/promises';
import type { ForecastFitTable } from '@bellwether/database';
import type { FoundByModel } from '@bellwether/forecasting';
import type { Deps } from '../deps.ts';

/** What the search of a forecaster has found, by model; nothing where there was none. */
export async function readFound(
  fits: readonly ForecastFitTable[],
  { store }: Pick<Deps, 'store'>,
): Promise<FoundByModel> {
  const key = fits.find(({ stage, status }) => stage === 'search' && status === 'succeeded')?.output_key;
  if (key == null) return {};
  await using copy = await store.localCopy(key);
  return JSON.parse(await readFile(copy.path, 'utf8')) as FoundByModel;
}

/** What a search has found, a sentence a model. */
export function foundNotes(found: FoundByModel): string[] {
  return Object.entries(found).map(([model, { hyperparameters, tries, error, errorBefore }]) => {
    const settings = Object.entries(hyperparameters).map(([name, value]) => `${name} ${value}`);
    if (settings.length === 0) return `${model}: of ${tries} settings none was better than what it had.`;
    const gain = Math.round(100 * (1 - error / errorBefore));
    return `${model}: of ${tries} settings, ${settings.join(', ')} was best, by ${gain} % before the reported windows.`;
  });
}
