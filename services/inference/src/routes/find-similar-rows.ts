import type { Column } from '@bellwether/contracts';
import { findSimilarRows as findRows } from '@bellwether/datasets';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { readSimilarRequest } from '../domain/similar-request.ts';
import { readyDataset } from './find-dataset.ts';

/** `GET /v1/datasets/{id}/similar` */
export const findSimilarRows: Route<'findSimilarRows', Deps> = async ({ tenantId, params, query }, deps) => {
  const dataset = await readyDataset(tenantId, params.id, deps, 'id');
  const schema: Column[] = JSON.parse(dataset.schema ?? '[]');
  const request = readSimilarRequest(query, schema);
  const names = schema.map(({ name }) => name);
  const { matching, rows } = await deps.tables.use(dataset.data_key, (path) => findRows(path, names, request));
  return { body: { matching, rows: [...rows] } };
};
