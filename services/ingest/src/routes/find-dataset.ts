import { Problem } from '@bellwether/contracts';
import { type DatasetTable, findDataset } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/** A tenant's dataset. Another tenant's is as unknown as one that never was. */
export async function datasetOf(tenantId: string, id: string, deps: Deps): Promise<DatasetTable> {
  const row = await findDataset(deps.database.read, tenantId, id);
  if (row === undefined) throw datasetNotFound(id);
  return row;
}

export function datasetNotFound(id: string): Problem {
  return new Problem(404, 'dataset-not-found', `There is no dataset ${id}.`, {
    field: 'id',
    cure: 'List what there is with GET /v1/datasets.',
  });
}

/** The object key of a ready dataset's table. */
export function tableOf(row: DatasetTable): string {
  if (row.status === 'ready' && row.data_key !== null) return row.data_key;
  throw new Problem(409, 'dataset-not-ready', `Dataset ${row.id} is ${row.status}.`, {
    field: 'id',
    cure: row.status === 'rejected' ? 'Mend its problems and upload it again.' : 'Wait until its status is ready.',
  });
}
