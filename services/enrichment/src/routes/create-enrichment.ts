import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptEnrichment } from '../jobs/accept-enrichment.ts';

/** `POST /v1/datasets/{id}/enrichments` */
export const createEnrichment: Route<'createEnrichment', Deps> = async ({ tenantId, params, body }, deps) => {
  const { commit } = await acceptEnrichment({ tenantId, datasetId: params.id, request: body }, deps);
  return { commit };
};
