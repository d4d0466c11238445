import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptPrediction } from '../jobs/accept-prediction.ts';

/** `POST /v1/models/{name}/batch-predictions` */
export const createBatchPrediction: Route<'createBatchPrediction', Deps> = async ({ tenantId, params, body }, deps) => {
  return { commit: await acceptPrediction({ tenantId, model: params.name, request: body }, deps) };
};
