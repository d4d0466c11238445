import { readFile } from 'node:fs/promises';
import type { ManagedForecaster } from '@bellwether/sagemaker/automl';
import type { Deps } from '../../deps.ts';

/** Reads what training stored of a forecaster that AutoML found. */
export async function readManaged(key: string, { store }: Pick<Deps, 'store'>): Promise<ManagedForecaster> {
  await using copy = await store.localCopy(key);
  return JSON.parse(await readFile(copy.path, 'utf8')) as ManagedForecaster;
}
