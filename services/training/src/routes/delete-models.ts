import { Problem } from '@bellwether/contracts';
import {
  deleteVersionRow,
  findVersion,
  listVersions,
  lockModel,
  markModelDeleted,
  openJobsOfModel,
} from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { usersOfVersion } from '../domain/users-of-version.ts';
import { modelOf, versionNotFound } from './read-models.ts';

/** `DELETE /v1/models/{name}/versions/{version}`: the row first; an object that a crash then leaves is swept. */
export const deleteVersion: Route<'deleteVersion', Deps> = async ({ tenantId, params }, deps) => {
  const { database, store, now } = deps;
  await modelOf(tenantId, params.name, deps);
  const deleted = await database.transact(async (tx) => {
    const model = await lockModel(tx, tenantId, params.name, now());
    const row = await findVersion(tx, tenantId, params.name, params.version);
    if (row === undefined) throw versionNotFound(params);
    if (model.champion_version === row.version) {
      throw new Problem(409, 'version-is-champion', `Version ${row.version} of ${model.name} answers predictions.`, {
        field: 'version',
        cure: `Promote another version first with PUT /v1/models/${model.name}/champion.`,
      });
    }
    const [user] = usersOfVersion(await openJobsOfModel(tx, model), row);
    if (user !== undefined) {
      throw new Problem(409, 'version-in-use', `Job ${user.id}, which has not ended, needs version ${row.version}.`, {
        field: 'version',
        cure: 'Wait for the job or cancel it.',
      });
    }
    await deleteVersionRow(tx, row);
    return row;
  });
  await store.delete(deleted.artifact_key);
  return {};
};

/** `DELETE /v1/models/{name}`: with its champion; who predicts by it is refused from then on. */
export const deleteModel: Route<'deleteModel', Deps> = async ({ tenantId, params }, deps) => {
  const { database, store, now } = deps;
  await modelOf(tenantId, params.name, deps);
  const deleted = await database.transact(async (tx) => {
    const model = await lockModel(tx, tenantId, params.name, now());
    const [user] = await openJobsOfModel(tx, model);
    if (user !== undefined) {
      throw new Problem(409, 'model-in-use', `Job ${user.id} of model ${model.name} has not ended.`, {
        field: 'name',
        cure: 'Wait for the job or cancel it.',
      });
    }
    const versions = await listVersions(tx, tenantId, model.name);
    for (const version of versions) await deleteVersionRow(tx, version);
    await markModelDeleted(tx, model, now());
    return versions;
  });
  for (const { artifact_key } of deleted) await store.delete(artifact_key);
  return {};
};
