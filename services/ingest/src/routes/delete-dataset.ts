import { Problem } from '@bellwether/contracts';
import {
  type DatasetTable,
  deleteDataset as deleteRow,
  hasOpenJob,
  isJobOpen,
  lockDataset,
  type Tx,
} from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { datasetNotFound } from './find-dataset.ts';

/** `DELETE /v1/datasets/{id}`: the row first; an object that a crash then leaves is swept. */
export const deleteDataset: Route<'deleteDataset', Deps> = async ({ tenantId, params }, { database, store }) => {
  const row = await database.transact(async (tx) => {
    // Locked: it may become ready just now, and its table would stay behind.
    const locked = await lockDataset(tx, tenantId, params.id);
    if (locked === undefined) throw datasetNotFound(params.id);
    if (await isInUse(tx, locked)) {
      throw new Problem(409, 'dataset-in-use', `A job that reads or makes dataset ${locked.id} has not ended.`, {
        field: 'id',
        cure: 'Wait for the job or cancel it.',
      });
    }
    await deleteRow(tx, tenantId, locked.id);
    return locked;
  });
  for (const key of [row.upload_key, row.data_key]) if (key !== null) await store.delete(key);
  return {};
};

/** The job that makes a dataset counts it among its outputs: without it, it would wait for ever. */
async function isInUse(tx: Tx, { id, recipe }: DatasetTable): Promise<boolean> {
  const { jobId } = JSON.parse(recipe ?? '{}') as { jobId?: string };
  return (await hasOpenJob(tx, id)) || (jobId !== undefined && (await isJobOpen(tx, jobId)));
}
