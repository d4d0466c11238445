import { Problem } from '@bellwether/contracts';
import { lockModel, setTags, versionDocument } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { modelOf, versionOf } from './read-models.ts';

/** What the row holds. */
const maxLength = 8000;

/** `PUT /v1/models/{name}/versions/{version}/tags` */
export const tagVersion: Route<'tagVersion', Deps> = async ({ tenantId, params, body }, deps) => {
  await modelOf(tenantId, params.name, deps);
  const version = await versionOf(tenantId, params, deps);
  const tags = JSON.stringify(body.tags);
  if (tags.length > maxLength) {
    throw new Problem(422, 'tags-too-long', `The tags take ${tags.length} characters; ${maxLength} are allowed.`, {
      field: 'tags',
      cure: 'Use fewer or shorter tags.',
    });
  }
  return {
    commit: async (tx) => {
      const model = await lockModel(tx, tenantId, params.name, deps.now());
      await setTags(tx, version, tags);
      return { body: versionDocument({ ...version, tags }, model.champion_version), messages: [] };
    },
  };
};
