import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /predict/{item}` */
export const predictItem: Route<'predictItem', Deps> = async ({ tenantId, params, query }, { items }) => {
  const { model, periods } = query;
  if (periods === undefined) return { body: await items.next(tenantId, params.item, model) };
  return { body: await items.several(tenantId, params.item, periods, model) };
};
