import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureRecipe } from '@bellwether/contracts';
import { type ItemTable, insertItems } from '@bellwether/database';
import { eachRow, itemName } from '@bellwether/datasets';
import type { Deps } from '../deps.ts';
import { deriveFeatures, type StoredDataset } from './derive-features.ts';

/** Features of all items of a dataset, stored under a name that nobody knows yet. */
export interface Generation {
  readonly id: string;
  readonly periodStart: number;
  readonly historyKey: string;
  readonly items: number;
}

/** Where what is known of items is kept. */
export const historyPrefix = 'items/';
const batch = 500;
const longestItem = 256;

/**
 * Computes the features of the next period of each item by a model's recipe. Rows are written before the transaction
 * that names their generation, some hundreds at a time, so that nobody waits for all of them; of an attempt that loses,
 * they are swept.
 *
 * @throws Problem when the dataset does not have what the recipe reads
 */
export async function makeGeneration(
  dataset: StoredDataset,
  recipe: FeatureRecipe,
  deps: Deps,
  signal: AbortSignal,
): Promise<Generation> {
  const { store, workFolder, newId } = deps;
  const id = newId('gen');
  const folder = join(workFolder, id);
  const [output, history] = [join(folder, 'next.parquet'), join(folder, 'history.parquet')];
  try {
    await mkdir(folder);
    const periodStart = await deriveFeatures(dataset, recipe, { output, history }, deps, signal);
    const historyKey = `${historyPrefix}${dataset.tenant_id}/${id}.parquet`;
    const items = await storeItems(id, output, deps, signal);
    await store.putFile(historyKey, history);
    return { id, periodStart, historyKey, items };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns how many items there are */
async function storeItems(
  generation: string,
  path: string,
  { database, now }: Pick<Deps, 'database' | 'now'>,
  signal: AbortSignal,
): Promise<number> {
  const created_at = now();
  let count = 0;
  let rows: ItemTable[] = [];
  const write = async () => {
    signal.throwIfAborted();
    const written = rows;
    rows = [];
    await database.transact((tx) => insertItems(tx, written));
    count += written.length;
  };
  for await (const some of eachRow(path)) {
    for (const { [itemName]: name, ...features } of some) {
      const item = String(name);
      // A longer one is in no URL; MySQL, for which blanks at the end do not count, would see the same item twice.
      if (item.length > longestItem || item !== item.trimEnd()) continue;
      rows.push({ generation, item, features: JSON.stringify(features), created_at });
      if (rows.length >= batch) await write();
    }
  }
  if (rows.length > 0) await write();
  return count;
}
