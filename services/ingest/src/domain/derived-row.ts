import type { flow, Received } from '@bellwether/contracts';
import type { DatasetTable } from '@bellwether/database';
import type { z } from 'zod';
import type { StoredTable } from '../tables/store-table.ts';

type Derived = Pick<Received<z.infer<typeof flow.datasetDerived.message.body>>, 'tenantId' | 'body'>;

/** The row of a table that another service derived: ready, or rejected with its problems. */
export function derivedRow({ tenantId, body }: Derived, stored: StoredTable, now: number): DatasetTable {
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
