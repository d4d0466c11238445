import { emit, flow, Problem } from '@bellwether/contracts';
import { findVersion, lockModel, modelDocument, promote } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { modelOf } from './read-models.ts';

/** `PUT /v1/models/{name}/champion`: promote, or roll back. Compare-and-swap on the revision. */
export const promoteChampion: Route<'promoteChampion', Deps> = async ({ tenantId, params, body }, deps) => {
  await modelOf(tenantId, params.name, deps);
  return {
    commit: async (tx) => {
      const now = deps.now();
      const model = await lockModel(tx, tenantId, params.name, now);
      if (body.revision !== undefined && body.revision !== model.revision) {
        throw new Problem(409, 'revision-changed', `Model ${model.name} is at revision ${model.revision} now.`, {
          field: 'revision',
          cure: 'Look at the model again, then decide again.',
        });
      }
      if ((await findVersion(tx, tenantId, model.name, body.version)) === undefined) {
        throw new Problem(404, 'version-not-found', `Model ${model.name} has no version ${body.version}.`, {
          field: 'version',
          cure: `List its versions with GET /v1/models/${model.name}/versions.`,
        });
      }
      await promote(tx, { tenantId, name: model.name, revision: model.revision }, body.version, now);
      const revision = model.revision + 1;
      const promoted = { ...model, champion_version: body.version, revision, updated_at: now };
      const message = { model: model.name, version: body.version, revision, reason: 'promoted by request' };
      return { body: modelDocument(promoted), messages: [emit(flow.championPromoted, message)] };
    },
  };
};
