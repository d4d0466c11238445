import { type FeatureRecipe, Problem } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';
import { deriveNextPeriod, resolveSteps } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';
import { openStepInputs } from './step-inputs.ts';

/** A dataset with a table. */
export type StoredDataset = DatasetTable & { readonly data_key: string };

/** Paths of Parquet files to write: features of each item's next period, and what is known period by period. */
export interface FeatureFiles {
  readonly output: string;
  readonly history: string;
}

/**
 * Computes the features of the next period of each item of a dataset, by the steps that made a training table.
 *
 * @returns first day of that period, in milliseconds since the epoch
 * @throws Problem when the dataset does not have what the recipe reads
 */
export async function deriveFeatures(
  dataset: StoredDataset,
  recipe: FeatureRecipe,
  { output, history }: FeatureFiles,
  { config, database, store, workFolder }: Pick<Deps, 'config' | 'database' | 'store' | 'workFolder'>,
  signal: AbortSignal,
): Promise<number> {
  await using inputs = await openStepInputs(dataset.tenant_id, recipe.steps, { database, store });
  const { files, others } = inputs;
  const table = { columns: JSON.parse(dataset.schema ?? '[]'), roles: recipe.roles };
  const { steps } = resolveSteps(recipe.steps, table, (other) => others[other]);
  await using source = await store.localCopy(dataset.data_key);
  const limits = {
    memoryBytes: config.PARSE_MEMORY_MB * 2 ** 20,
    wallMilliseconds: config.PARSE_TIMEOUT_SECONDS * 1000,
  };
  const plan = { steps, table, files, others, output, history, limits, workDir: workFolder, signal };
  const next = await deriveNextPeriod(source.path, plan);
  if (next.ok) return next.periodStart;
  throw new Problem(409, 'items-refused', next.problems.map(({ code, message }) => `${code}: ${message}`).join('; '));
}
