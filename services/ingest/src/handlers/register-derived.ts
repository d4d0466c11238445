import { emit, flow } from '@bellwether/contracts';
import { insertDataset } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { storeTable } from '../tables/store-table.ts';
import { reasonOf } from './validate-upload.ts';

/** A service derived a table: profile it and register it as a dataset with its lineage. */
export const registerDerived: Handler<'ingest', typeof flow.datasetDerived, Deps> = async (
  message,
  deps,
  { signal },
) => {
  const { datasetId, name, key, parents, recipe, roles } = message.body;
  await using source = await deps.store.localCopy(key);
  const stored = await storeTable(
    { source: source.path, tenantId: message.tenantId, datasetId, format: 'parquet', roles },
    deps,
    signal,
  );

  return async (tx) => {
    const validated = stored.ok ? stored.validated : undefined;
    const problems = stored.ok ? stored.validated.problems : stored.problems;
    const now = deps.now();
    await insertDataset(tx, {
      id: datasetId,
      tenant_id: message.tenantId,
      name,
      status: stored.ok ? 'ready' : 'rejected',
      format: 'parquet',
      roles: JSON.stringify(roles),
      schema: validated ? JSON.stringify(validated.schema) : null,
      profile: validated ? JSON.stringify(validated.profile) : null,
      problems: JSON.stringify(problems),
      parents: JSON.stringify(parents),
      recipe: JSON.stringify(recipe),
      row_count: validated?.profile.rows ?? null,
      bytes: null,
      upload_key: null,
      upload_etag: null,
      data_key: validated?.dataKey ?? null,
      created_at: now,
      updated_at: now,
    });
    return validated
      ? [emit(flow.datasetReady, { datasetId, name, rows: validated.profile.rows, columns: validated.schema.length })]
      : [emit(flow.datasetRejected, { datasetId, name, reason: reasonOf(problems) })];
  };
};
