import { emit, flow } from '@bellwether/contracts';
import { datasetStatuses, insertDataset, type Queryable } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { derivedRow } from '../domain/derived-row.ts';
import { storeTable } from '../tables/store-table.ts';
import { reasonOf } from './validate-upload.ts';

/** A service derived a table: profile it and register it as a dataset with its lineage. */
export const registerDerived: Handler<'ingest', typeof flow.datasetDerived, Deps> = async (
  message,
  deps,
  { signal },
) => {
  const { datasetId, name, key, roles } = message.body;
  if (await isRegistered(deps.database.read, datasetId)) return async () => [];
  await using source = await deps.store.localCopy(key);
  const stored = await storeTable(
    { source: source.path, tenantId: message.tenantId, datasetId, format: 'parquet', roles },
    deps,
    signal,
  );

  return async (tx) => {
    // Its message can be sent again when the inbox has forgotten it; the table that is there has its readers.
    if (await isRegistered(tx, datasetId)) return [];
    await insertDataset(tx, derivedRow(message, stored, deps.now()));
    if (!stored.ok) return [emit(flow.datasetRejected, { datasetId, name, reason: reasonOf(stored.problems) })];
    const { profile, schema } = stored.validated;
    return [emit(flow.datasetReady, { datasetId, name, rows: profile.rows, columns: schema.length })];
  };
};

export async function isRegistered(db: Queryable, datasetId: string): Promise<boolean> {
  return (await datasetStatuses(db, [datasetId])).length > 0;
}
