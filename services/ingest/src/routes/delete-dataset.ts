import { Problem } from '@bellwether/contracts';
import { deleteDataset as deleteRow, hasOpenJob, lockDataset } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { datasetOf } from './find-dataset.ts';

/** `DELETE /v1/datasets/{id}`: the row first; an object that a crash then leaves is swept. */
export const deleteDataset: Route<'deleteDataset', Deps> = async ({ tenantId, params }, deps) => {
  const row = await datasetOf(tenantId, params.id, deps);
  await deps.database.transact(async (tx) => {
    await lockDataset(tx, tenantId, row.id);
    if (await hasOpenJob(tx, row.id)) {
      throw new Problem(409, 'dataset-in-use', `A job on dataset ${row.id} is still running.`, {
        cure: 'Wait for the job or cancel it.',
      });
    }
    await deleteRow(tx, tenantId, row.id);
  });
  for (const key of [row.upload_key, row.data_key]) if (key !== null) await deps.store.delete(key);
  return {};
};
