import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptNextPeriods } from '../jobs/accept-next-periods.ts';

/** `POST /v1/models/{name}/next-periods` */
export const createNextPeriods: Route<'createNextPeriods', Deps> = async ({ tenantId, params, body }, deps) => {
  return { commit: await acceptNextPeriods({ tenantId, model: params.name, ...body }, deps) };
};
