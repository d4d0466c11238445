import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { whenReady } from '../items/when-ready.ts';

/** `GET /predict/{item}` */
export const predictItem: Route<'predictItem', Deps> = async ({ tenantId, params, query, signal }, { items, now }) => {
  const { model, periods } = query;
  const ask =
    periods === undefined
      ? () => items.next(tenantId, params.item, model)
      : () => items.several(tenantId, params.item, periods, model);
  return { body: await whenReady<Awaited<ReturnType<typeof items.next | typeof items.several>>>(ask, now, signal) };
};
