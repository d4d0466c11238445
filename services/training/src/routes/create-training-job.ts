import { Problem } from '@bellwether/contracts';
import { findDataset, newestUpload } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptTraining } from '../jobs/accept-training.ts';

/** `POST /v1/models/{name}/training-jobs` */
export const createTrainingJob: Route<'createTrainingJob', Deps> = async ({ tenantId, params, body }, deps) => {
  const dataset = await findDataset(deps.database.read, tenantId, body.datasetId);
  if (dataset === undefined) {
    throw new Problem(404, 'dataset-not-found', `There is no dataset ${body.datasetId}.`, {
      field: 'datasetId',
      cure: 'List what there is with GET /v1/datasets.',
    });
  }
  return { commit: acceptTraining({ tenantId, model: params.name, dataset, request: body }, deps) };
};

/** `POST /train`: the user's newest dataset, last column as target, model `default`. */
export const trainNewest: Route<'trainNewest', Deps> = async ({ tenantId }, deps) => {
  const dataset = await newestUpload(deps.database.read, tenantId);
  if (dataset === undefined) {
    throw new Problem(404, 'dataset-not-found', `User ${tenantId} has no dataset yet.`, {
      field: 'userID',
      cure: 'Upload one first: POST /pre-signed-s3-url gives the URL.',
    });
  }
  return { commit: acceptTraining({ tenantId, model: 'default', dataset, request: { datasetId: dataset.id } }, deps) };
};
