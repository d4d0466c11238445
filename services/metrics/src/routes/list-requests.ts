import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /v1/requests` */
export const listRequests: Route<'listRequests', Deps> = async ({ tenantId, query }, { requestLog }) => {
  const filter = { tenantId, path: query.path, status: query.status };
  const { requests, nextCursor } = await requestLog.list({ ...filter, limit: query.limit, cursor: query.cursor });
  const total = await requestLog.count(filter);
  return { body: { requests: [...requests], total, ...(nextCursor === undefined ? {} : { nextCursor }) } };
};
