import type { DatasetSummary } from '@bellwether/contracts';
import { type DatasetTable, datasetDocument, listDatasets, nextCursor } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /dataset` */
export const inventoryDatasets: Route<'inventoryDatasets', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await listDatasets(database.read, tenantId, query);
  const { nextCursor: next } = nextCursor(rows, query, (row) => row.id);
  return { body: { datasets: rows.map(summary), ...(next === undefined ? {} : { next_cursor: next }) } };
};

function summary(row: DatasetTable): DatasetSummary {
  const { id, name, status, format, rows, parents, roles, problems, recipe, createdAt, updatedAt } = datasetDocument({
    ...row,
    schema: null,
    profile: null,
  });
  const part = recipe?.part;
  return {
    dataset_id: id,
    name,
    status,
    ...(format === undefined ? {} : { format }),
    ...(rows === undefined ? {} : { rows }),
    ...(typeof part === 'string' ? { part } : {}),
    parents,
    roles,
    problems,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
