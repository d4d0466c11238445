import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Roles } from '@bellwether/contracts';
import type { JobTable } from '@bellwether/database';
import { describeSources, type Warehouse, type WarehouseTable } from '@bellwether/warehouse';
import type { Deps } from '../deps.ts';
import { type StoredTable, storeTable } from '../tables/store-table.ts';
import { planOf } from './forecast-rows.ts';

export interface Exported {
  readonly target: StoredTable;
  /** undefined where the warehouse has none */
  readonly related: StoredTable | undefined;
  readonly validation: boolean;
}

/**
 * Copies the tables of a pipeline from the warehouse into tables of datasets.
 *
 * @throws WarehouseError naming the table or column that is missing
 */
export async function exportTables(
  job: JobTable,
  dataName: string,
  deps: Deps,
  signal: AbortSignal,
): Promise<Exported> {
  const warehouse = await deps.warehouse();
  const tables = await describeSources(warehouse, dataName);
  const { columns, datasets } = planOf(job);
  const stamps = { timestamp: columns.time, ...(columns.item === undefined ? {} : { item: columns.item }) };
  const copy = (table: WarehouseTable, datasetId: string, roles: Roles) =>
    copyTable({ warehouse, table, tenantId: job.tenant_id, datasetId, roles }, deps, signal);
  return {
    target: await copy(tables.target, datasets.target, { ...stamps, target: columns.target }),
    related: tables.related === undefined ? undefined : await copy(tables.related, datasets.related, stamps),
    validation: tables.validation !== undefined,
  };
}

interface Copy {
  readonly warehouse: Warehouse;
  readonly table: WarehouseTable;
  readonly tenantId: string;
  readonly datasetId: string;
  readonly roles: Roles;
}

async function copyTable({ warehouse, table, ...to }: Copy, deps: Deps, signal: AbortSignal): Promise<StoredTable> {
  const path = join(deps.workFolder, `${deps.newId('export')}.parquet`);
  try {
    await warehouse.exportTable(table, path, { format: 'parquet', signal });
    return await storeTable({ ...to, source: path, format: 'parquet' }, deps, signal);
  } finally {
    await rm(path, { force: true });
  }
}
