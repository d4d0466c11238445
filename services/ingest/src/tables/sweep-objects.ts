import { datasetStatuses, statusByObject, statusByUpload } from '@bellwether/database';
import type { ObjectHead } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

const day = 86_400_000;
/** Longer than any queue keeps the message that hands a derived table over. */
const handOver = 15 * day;

/**
 * Deletes objects that no row names: uploads whose dataset is gone or rejected, tables of attempts that lost, and
 * derived tables that ingest has stored. Young ones are spared, since their transaction may still come.
 *
 * @param now milliseconds since the epoch
 * @returns how many were deleted
 */
export async function sweepObjects(deps: Deps, now: number): Promise<number> {
  const { store, database, config, log } = deps;
  const before = now - config.SWEEP_AFTER_SECONDS * 1000;

  const orphaned: Record<string, (object: ObjectHead, datasetId: string) => Promise<boolean>> = {
    'uploads/': async ({ key }, datasetId) => {
      const status = await statusByObject(database.read, datasetId, 'upload_key', key);
      return status === undefined || status === 'rejected';
    },
    'rows/': async ({ key }) => {
      const status = await statusByUpload(database.read, key.split('/')[1] ?? '', key);
      return status === undefined || status === 'rejected';
    },
    'tables/': async ({ key }, datasetId) =>
      (await statusByObject(database.read, datasetId, 'data_key', key)) === undefined,
    'derived/': async ({ modifiedAt }, datasetId) =>
      modifiedAt < now - handOver || (await datasetStatuses(database.read, [datasetId])).length > 0,
  };

  let deleted = 0;
  for (const [prefix, isOrphan] of Object.entries(orphaned)) {
    for await (const object of store.list(prefix)) {
      const datasetId = object.key.split('/')[2] ?? '';
      if (object.modifiedAt > before || !(await isOrphan(object, datasetId))) continue;
      await store.delete(object.key);
      deleted++;
    }
  }
  if (deleted > 0) log.info({ deleted }, 'swept objects that nothing names');
  return deleted;
}
