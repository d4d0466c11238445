import { emit, flow, type Received } from '@bellwether/contracts';
import { type DatasetTable, datasetStatuses, insertDataset, type Queryable } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { type StoredTable, storeTable } from '../tables/store-table.ts';
import { reasonOf } from './validate-upload.ts';

type Derived = Received<z.infer<typeof flow.datasetDerived.message.body>>;

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

async function isRegistered(db: Queryable, datasetId: string): Promise<boolean> {
  return (await datasetStatuses(db, [datasetId])).length > 0;
}

function derivedRow({ tenantId, body }: Derived, stored: StoredTable, now: number): DatasetTable {
  const validated = stored.ok ? stored.validated : undefined;
  return {
    id: body.datasetId,
    tenant_id: tenantId,
    name: body.name,
    status: stored.ok ? 'ready' : 'rejected',
    format: 'parquet',
    roles: JSON.stringify(body.roles),
    schema: validated ? JSON.stringify(validated.schema) : null,
    profile: validated ? JSON.stringify(validated.profile) : null,
    problems: JSON.stringify(stored.ok ? stored.validated.problems : stored.problems),
    parents: JSON.stringify(body.parents),
    recipe: JSON.stringify(body.recipe),
    row_count: validated?.profile.rows ?? null,
    bytes: null,
    upload_key: null,
    upload_etag: null,
    data_key: validated?.dataKey ?? null,
    created_at: now,
    updated_at: now,
  };
}
