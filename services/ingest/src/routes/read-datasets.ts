import type { Dataset } from '@bellwether/contracts';
import { type DatasetTable, datasetDocument, nextCursor, listDatasets as selectDatasets } from '@bellwether/database';
import { readRows } from '@bellwether/datasets';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { datasetOf, tableOf } from './find-dataset.ts';

/** `GET /v1/datasets` */
export const listDatasets: Route<'listDatasets', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await selectDatasets(database.read, tenantId, query);
  return { body: { datasets: rows.map(summary), ...nextCursor(rows, query, (row) => row.id) } };
};

/** Without schema and profile: of a table with 2,000 columns they take half a megabyte. */
function summary(row: DatasetTable): Dataset {
  return datasetDocument({ ...row, schema: null, profile: null });
}

/** `GET /v1/datasets/{id}` */
export const getDataset: Route<'getDataset', Deps> = async ({ tenantId, params }, deps) => {
  return { body: datasetDocument(await datasetOf(tenantId, params.id, deps)) };
};

/** `GET /v1/datasets/{id}/rows` */
export const getDatasetRows: Route<'getDatasetRows', Deps> = async ({ tenantId, params, query }, deps) => {
  const row = await datasetOf(tenantId, params.id, deps);
  await using table = await deps.store.localCopy(tableOf(row));
  return { body: { rows: await readRows(table.path, query), total: row.row_count ?? 0 } };
};

/** `GET /v1/datasets/{id}/download` */
export const downloadDataset: Route<'downloadDataset', Deps> = async ({ tenantId, params, query }, deps) => {
  const row = await datasetOf(tenantId, params.id, deps);
  const asUploaded = query.form === 'upload' && row.upload_key !== null;
  const key = tableOf(row);
  const location = await deps.store.signDownload(asUploaded ? (row.upload_key ?? key) : key, {
    expiresInSeconds: 300,
    fileName: `${row.name.replaceAll(' ', '_')}.${asUploaded ? (row.format ?? 'bin') : 'parquet'}`,
  });
  return { location };
};
