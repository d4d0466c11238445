import type { DatasetTable, JobTable } from '@bellwether/database';
import { derivedRow } from '../domain/derived-row.ts';
import type { StoredTable } from '../tables/store-table.ts';
import { planOf } from './forecast-rows.ts';

/** The row of a dataset that was read from a warehouse. */
export function exportedRow(job: JobTable, datasetId: string, stored: StoredTable, now: number): DatasetTable {
  const { datasets, columns, source } = planOf(job);
  const isTarget = datasetId === datasets.target;
  const roles = {
    timestamp: columns.time,
    ...(columns.item === undefined ? {} : { item: columns.item }),
    ...(isTarget ? { target: columns.target } : {}),
  };
  const name = `${job.model}-${isTarget ? 'target' : 'related'}`;
  const recipe = { jobId: job.id, ...source };
  return derivedRow(
    { tenantId: job.tenant_id, body: { datasetId, name, key: '', parents: [], recipe, roles } },
    stored,
    now,
  );
}
