import { deleteGeneration, orphanedGenerations, servedHistories } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { historyPrefix } from '../items/make-generation.ts';

/**
 * Deletes features of items that no model names: of attempts that lost, of deleted models, and those that newer ones
 * took the place of. Young ones are spared, since their transaction may still come, and readers may still be at work.
 *
 * @param now milliseconds since the epoch
 */
export async function sweepItems({ database, store, config, log }: Deps, now: number): Promise<number> {
  const before = now - config.SWEEP_AFTER_SECONDS * 1000;
  let deleted = 0;
  for (const generation of await orphanedGenerations(database.read, before)) {
    await database.transact((tx) => deleteGeneration(tx, generation));
    deleted++;
  }
  const served = await servedHistories(database.read);
  for await (const { key, modifiedAt } of store.list(historyPrefix)) {
    if (served.has(key) || modifiedAt > before) continue;
    await store.delete(key);
    deleted++;
  }
  if (deleted > 0) log.info({ deleted }, 'swept features of items that no model names');
  return deleted;
}
