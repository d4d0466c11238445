import { lockModel, modelDocument, setRetention as setRow } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { modelOf } from './read-models.ts';

/** `PUT /v1/models/{name}/retention`: an empty rule keeps all. */
export const setRetention: Route<'setRetention', Deps> = async ({ tenantId, params, body }, deps) => {
  await modelOf(tenantId, params.name, deps);
  const isRule = body.keepLast !== undefined || body.keepBest !== undefined;
  const retention = isRule ? JSON.stringify(body) : null;
  return {
    commit: async (tx) => {
      const now = deps.now();
      const model = await lockModel(tx, tenantId, params.name, now);
      await setRow(tx, model, retention, now);
      return { body: modelDocument({ ...model, retention, updated_at: now }), messages: [] };
    },
  };
};
