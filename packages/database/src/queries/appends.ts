import type { DatasetTable } from '../tables/datasets.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

/**
 * A tenant's newest dataset of a name that was uploaded, as a whole or by rows that were appended, and is ready. What
 * was derived may have the same name.
 *
 * @param before only those that are older than the dataset of this id
 */
export async function newestUploadOf(
  db: Queryable,
  tenantId: string,
  name: string,
  before?: string,
): Promise<DatasetTable | undefined> {
  let query = db
    .selectFrom('datasets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .where('status', '=', 'ready')
    .where('upload_key', 'is not', null);
  if (before !== undefined) query = query.where('id', '<', before);
  return await query.orderBy('id', 'desc').limit(1).executeTakeFirst();
}

/** A dataset by id alone, for handlers, whose messages name it. */
export async function findDatasetById(db: Queryable, id: string): Promise<DatasetTable | undefined> {
  return await db.selectFrom('datasets').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether rows that were accepted earlier under the same name are still to be appended. */
export async function hasOlderAppends(db: Queryable, row: DatasetTable): Promise<boolean> {
  const older = await db
    .selectFrom('datasets')
    .select('id')
    .where('tenant_id', '=', row.tenant_id)
    .where('name', '=', row.name)
    .where('status', '=', 'validating')
    .where('upload_key', 'like', 'rows/%')
    .where('id', '<', row.id)
    .limit(1)
    .executeTakeFirst();
  return older !== undefined;
}

/** Says to which dataset the rows were appended. */
export async function inheritFrom(tx: Tx, id: string, { id: parent, roles }: DatasetTable): Promise<void> {
  const parents = JSON.stringify([parent]);
  await tx.updateTable('datasets').set({ parents, roles }).where('id', '=', id).execute();
}

/** Lets nobody else append rows to datasets of a name until the transaction ends: locks the oldest of them. */
export async function lockUploadsOf(tx: Tx, tenantId: string, name: string): Promise<void> {
  await tx
    .selectFrom('datasets')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .where('upload_key', 'is not', null)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .execute();
}

/** What became of the dataset of an upload or of rows, by their key. */
export async function statusByUpload(
  db: Queryable,
  tenantId: string,
  key: string,
): Promise<DatasetTable['status'] | undefined> {
  const row = await db
    .selectFrom('datasets')
    .select('status')
    .where('tenant_id', '=', tenantId)
    .where('upload_key', '=', key)
    .executeTakeFirst();
  return row?.status;
}
