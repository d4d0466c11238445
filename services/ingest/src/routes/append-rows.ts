import { emit, flow, Problem } from '@bellwether/contracts';
import {
  type DatasetTable,
  datasetDocument,
  findDataset,
  insertDataset,
  lockUploadsOf,
  newestUploadOf,
} from '@bellwether/database';
import { checkRows } from '@bellwether/datasets';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { rowsKey } from '../domain/keys.ts';

/** `POST /v1/datasets/{name}/rows` */
export const appendDatasetRows: Route<'appendDatasetRows', Deps> = async ({ tenantId, params, body }, deps) => {
  const { store, newId, now } = deps;
  const base = await newestOf(tenantId, params.id, deps);
  const checked = checkRows(body.rows, JSON.parse(base.schema ?? '[]'));
  if (!checked.ok) {
    const [first] = checked.problems;
    const detail = `The rows do not fit dataset ${base.name}: ${first?.message}`;
    throw new Problem(422, 'rows-refused', detail, { field: 'rows', problems: checked.problems, ...cureOf(first) });
  }
  const key = rowsKey(tenantId, newId('rows'));
  const rows = new TextEncoder().encode(JSON.stringify(body.rows));
  // Before the transaction that names it: of one that does not come, it is swept.
  await store.put(key, rows, { contentType: 'application/json' });
  return {
    commit: async (tx) => {
      // The id is made under the lock: appends are done in the order of their ids, so none may come with an earlier one
      // when a later one is done already.
      await lockUploadsOf(tx, tenantId, base.name);
      const given = { id: newId('ds'), key, rows: body.rows.length, bytes: rows.length };
      const row = appendedDataset(base, given, now());
      await insertDataset(tx, row);
      return { body: { dataset: datasetDocument(row) }, messages: [emit(flow.rowsAppended, { datasetId: row.id })] };
    },
  };
};

const cureOf = (problem: { readonly cure: string } | undefined) =>
  problem === undefined ? {} : { cure: problem.cure };

/** The newest uploaded dataset of a name that is ready; an id of one stands for its name. */
async function newestOf(tenantId: string, nameOrId: string, { database }: Deps): Promise<DatasetTable> {
  const named = await findDataset(database.read, tenantId, nameOrId);
  const base = await newestUploadOf(database.read, tenantId, named?.name ?? nameOrId);
  if (base !== undefined) return base;
  throw new Problem(404, 'dataset-not-found', `There is no dataset ${nameOrId} that was uploaded and is ready.`, {
    field: 'id',
    cure: 'Upload a table of that name first; what was derived takes no rows.',
  });
}

/** The row of a dataset whose rows have come and are still to be put behind those of another. */
function appendedDataset(
  base: DatasetTable,
  {
    id,
    key,
    rows,
    bytes,
  }: { readonly id: string; readonly key: string; readonly rows: number; readonly bytes: number },
  now: number,
): DatasetTable {
  return {
    ...base,
    id,
    status: 'validating',
    format: null,
    schema: null,
    profile: null,
    problems: '[]',
    parents: JSON.stringify([base.id]),
    recipe: JSON.stringify({ appendedRows: rows }),
    row_count: null,
    bytes,
    upload_key: key,
    upload_etag: null,
    data_key: null,
    created_at: now,
    updated_at: now,
  };
}
