import { Problem } from '@bellwether/contracts';
import { type DatasetTable, findDataset } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/**
 * A tenant's dataset with a table. Another tenant's is as unknown as one that never was.
 *
 * @param field of the request
 * @throws Problem `dataset-not-found`, `dataset-not-ready`
 */
export async function readyDataset(
  tenantId: string,
  id: string,
  { database }: Pick<Deps, 'database'>,
  field: string,
): Promise<DatasetTable & { readonly data_key: string }> {
  const row = await findDataset(database.read, tenantId, id);
  if (row === undefined) {
    const cure = 'List what there is with GET /v1/datasets.';
    throw new Problem(404, 'dataset-not-found', `There is no dataset ${id}.`, { field, cure });
  }
  const { data_key } = row;
  if (row.status === 'ready' && data_key !== null) return { ...row, data_key };
  throw new Problem(409, 'dataset-not-ready', `Dataset ${row.id} is ${row.status}.`, {
    field,
    cure: row.status === 'rejected' ? 'Mend its problems and upload it again.' : 'Wait until its status is ready.',
  });
}
