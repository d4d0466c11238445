import { type SelectQueryBuilder, sql } from 'kysely';
import type { RequestLogTable } from '../tables/request-log.ts';
import type { Queryable, Tables, Tx } from '../tables/tables.ts';

export interface RequestLogFilter {
  readonly tenantId: string;
  /** only requests whose path begins so */
  readonly path?: string | undefined;
  readonly status?: number | undefined;
}

export type RequestLogRow = Omit<RequestLogTable, 'sequence'> & { readonly sequence: number };

export async function insertRequests(tx: Tx, rows: readonly Omit<RequestLogTable, 'sequence'>[]): Promise<void> {
  // SQLite takes at most 32,766 parameters a statement.
  for (let start = 0; start < rows.length; start += 1000) {
    await tx
      .insertInto('request_log')
      .values(rows.slice(start, start + 1000))
      .execute();
  }
}

/** Newest first. `before` is a sequence number. */
export async function selectRequests(
  db: Queryable,
  filter: RequestLogFilter & { readonly limit: number; readonly before?: number | undefined },
): Promise<RequestLogRow[]> {
  let query = matching(db.selectFrom('request_log'), filter);
  if (filter.before !== undefined) query = query.where('sequence', '<', filter.before);
  return await query.selectAll().orderBy('sequence', 'desc').limit(filter.limit).execute();
}

export async function countRequests(db: Queryable, filter: RequestLogFilter): Promise<number> {
  const row = await matching(db.selectFrom('request_log'), filter)
    .select(({ fn }) => fn.countAll().as('rows'))
    .executeTakeFirst();
  return Number(row?.rows ?? 0);
}

/** Deletes up to `limit` of the oldest requests that are beyond the newest `maxRows` or from before `before`. */
export async function pruneRequests(tx: Tx, limits: { maxRows: number; before: number; limit: number }): Promise<void> {
  const newest = await tx
    .selectFrom('request_log')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  const oldest = await tx
    .selectFrom('request_log')
    .select(['sequence', 'at'])
    .orderBy('sequence')
    .limit(limits.limit)
    .execute();
  const last = oldest
    .filter(({ sequence, at }) => at < limits.before || sequence <= Number(newest?.sequence ?? 0) - limits.maxRows)
    .at(-1);
  if (last === undefined) return;
  await tx.deleteFrom('request_log').where('sequence', '<=', last.sequence).execute();
}

type Query<Selected> = SelectQueryBuilder<Tables, 'request_log', Selected>;

function matching<Selected>(query: Query<Selected>, { tenantId, path, status }: RequestLogFilter): Query<Selected> {
  let narrowed = query.where('tenant_id', '=', tenantId);
  // Not LIKE: `_` and `%` are letters of paths, and SQLite's LIKE does not tell upper from lower case.
  if (path !== undefined) narrowed = narrowed.where(sql<boolean>`substr(path, 1, ${path.length}) = ${path}`);
  if (status !== undefined) narrowed = narrowed.where('status', '=', status);
  return narrowed;
}
