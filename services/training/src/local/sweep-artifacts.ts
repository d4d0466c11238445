import { hasArtifact } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/**
 * Deletes artifacts of attempts that lost: no version names them. Young ones are spared, since their transaction may
 * still come.
 *
 * @param now milliseconds since the epoch
 */
export async function sweepArtifacts({ store, database, config, log }: Deps, now: number): Promise<number> {
  const before = now - config.SWEEP_AFTER_SECONDS * 1000;
  let deleted = 0;
  for await (const object of store.list('models/')) {
    const trialId = object.key.split('/')[2] ?? '';
    if (object.modifiedAt > before || (await hasArtifact(database.read, trialId, object.key))) continue;
    await store.delete(object.key);
    deleted++;
  }
  if (deleted > 0) log.info({ deleted }, 'swept artifacts that no version names');
  return deleted;
}
