import {
  deleteVersionRow,
  listVersions,
  lockModel,
  type ModelTable,
  modelsWithRetention,
  openJobsOfModel,
  versionDocument,
} from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { usersOfVersion } from '../domain/users-of-version.ts';
import { versionsToDelete } from '../domain/versions-to-delete.ts';

/**
 * Deletes the versions that their models' rules give up. What a job that has not ended needs is spared until the next
 * time.
 *
 * @returns how many were deleted
 */
export async function applyRetention(deps: Pick<Deps, 'database' | 'store' | 'now' | 'log'>): Promise<number> {
  const { database, log } = deps;
  let deleted = 0;
  for (const model of await modelsWithRetention(database.read)) {
    const versions = await giveUp(model, deps);
    deleted += versions.length;
    if (versions.length > 0) log.info({ model: model.name, versions }, 'versions were deleted by their rule');
  }
  return deleted;
}

async function giveUp(
  { tenant_id, name }: ModelTable,
  { database, store, now }: Pick<Deps, 'database' | 'store' | 'now'>,
): Promise<number[]> {
  const rows = await database.transact(async (tx) => {
    // Locked, or a version could become champion between this look and its end.
    const model = await lockModel(tx, tenant_id, name, now());
    if (model.retention === null) return [];
    const all = await listVersions(tx, tenant_id, name);
    const open = await openJobsOfModel(tx, model);
    const documents = all.map((row) => versionDocument(row, model.champion_version));
    const surplus = new Set(versionsToDelete(documents, JSON.parse(model.retention)).map(({ version }) => version));
    const given = all.filter((row) => surplus.has(row.version) && usersOfVersion(open, row).length === 0);
    for (const row of given) await deleteVersionRow(tx, row);
    return given;
  });
  for (const { artifact_key } of rows) await store.delete(artifact_key);
  return rows.map(({ version }) => version);
}
