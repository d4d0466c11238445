import { type JobKind, type JobStatus, openJobStatuses } from '@bellwether/contracts';
import type { JobTable } from '../tables/jobs.ts';
import type { Queryable, Tx } from '../tables/tables.ts';
import type { PageRequest } from './page.ts';

export async function insertJob(tx: Tx, row: JobTable): Promise<void> {
  await tx.insertInto('jobs').values(row).execute();
}

/** A job by id alone, for handlers, whose messages name it. */
export async function getJob(db: Queryable, id: string): Promise<JobTable | undefined> {
  return await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A tenant's job, for routes. */
export async function findJob(db: Queryable, tenantId: string, id: string): Promise<JobTable | undefined> {
  return await db
    .selectFrom('jobs')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Locks a job's row: whoever counts what a job waits for does it under this lock, so only one counts last. */
export async function lockJob(tx: Tx, id: string): Promise<JobTable | undefined> {
  return await tx.selectFrom('jobs').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function listJobs(
  db: Queryable,
  tenantId: string,
  page: PageRequest & {
    readonly status?: JobStatus | undefined;
    readonly kind?: JobKind | undefined;
    readonly model?: string | undefined;
    readonly datasetId?: string | undefined;
  },
): Promise<JobTable[]> {
  let query = db.selectFrom('jobs').selectAll().where('tenant_id', '=', tenantId);
  if (page.status !== undefined) query = query.where('status', '=', page.status);
  if (page.kind !== undefined) query = query.where('kind', '=', page.kind);
  if (page.model !== undefined) query = query.where('model', '=', page.model);
  if (page.datasetId !== undefined) query = query.where('dataset_id', '=', page.datasetId);
  if (page.cursor !== undefined) query = query.where('id', '<', page.cursor);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** Ids of a kind's jobs that wait for a dataset. */
export async function jobsWaitingFor(tx: Tx, kind: JobKind, datasetId: string): Promise<JobTable[]> {
  return await tx
    .selectFrom('jobs')
    .selectAll()
    .where('dataset_id', '=', datasetId)
    .where('status', '=', 'waiting')
    .where('kind', '=', kind)
    .forUpdate()
    .execute();
}

/**
 * Running jobs of a kind that have handed over what they made: 500 of them, the oldest first.
 *
 * @param progress from which on a job has
 */
export async function jobsHandedOver(
  db: Queryable,
  kind: JobKind,
  progress: number,
): Promise<Pick<JobTable, 'id' | 'tenant_id'>[]> {
  return await db
    .selectFrom('jobs')
    .select(['id', 'tenant_id'])
    .where('kind', '=', kind)
    .where('status', '=', 'running')
    .where('progress', '>=', progress)
    .orderBy('id')
    .limit(500)
    .execute();
}

/** Whether any job on a dataset can still run. */
export async function hasOpenJob(db: Queryable, datasetId: string): Promise<boolean> {
  const row = await db
    .selectFrom('jobs')
    .select('id')
    .where('dataset_id', '=', datasetId)
    .where('status', 'in', openJobStatuses)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Changes a job that has not ended. False when it had: a terminal state never changes. */
export async function updateOpenJob(tx: Tx, id: string, change: Partial<JobTable>): Promise<boolean> {
  const result = await tx
    .updateTable('jobs')
    .set(change)
    .where('id', '=', id)
    .where('status', 'in', openJobStatuses)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Whether a job can still run: asked by work that should end when it was cancelled. */
export async function isJobOpen(db: Queryable, id: string): Promise<boolean> {
  const row = await db.selectFrom('jobs').select('status').where('id', '=', id).executeTakeFirst();
  return row !== undefined && (openJobStatuses as readonly string[]).includes(row.status);
}
