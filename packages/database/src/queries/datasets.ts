import type { Column, DataProblem, DatasetFormat, DatasetStatus, Profile } from '@bellwether/contracts';
import type { DatasetTable } from '../tables/datasets.ts';
import type { Queryable, Tx } from '../tables/tables.ts';
import type { PageRequest } from './page.ts';

export async function insertDataset(tx: Tx, row: DatasetTable): Promise<void> {
  await tx.insertInto('datasets').values(row).execute();
}

export async function findDataset(db: Queryable, tenantId: string, id: string): Promise<DatasetTable | undefined> {
  return await db
    .selectFrom('datasets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The same, locked: its status stays as it is until the transaction ends. */
export async function lockDataset(tx: Tx, tenantId: string, id: string): Promise<DatasetTable | undefined> {
  return await tx
    .selectFrom('datasets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** A tenant's newest uploaded dataset, whatever its state. */
export async function newestUpload(db: Queryable, tenantId: string): Promise<DatasetTable | undefined> {
  return await db
    .selectFrom('datasets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('upload_key', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function listDatasets(
  db: Queryable,
  tenantId: string,
  page: PageRequest & { readonly name?: string | undefined; readonly status?: DatasetStatus | undefined },
): Promise<DatasetTable[]> {
  let query = db.selectFrom('datasets').selectAll().where('tenant_id', '=', tenantId);
  if (page.name !== undefined) query = query.where('name', '=', page.name);
  if (page.status !== undefined) query = query.where('status', '=', page.status);
  if (page.cursor !== undefined) query = query.where('id', '<', page.cursor);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** Says that the upload arrived. False when the dataset is past that already, or gone. */
export async function markValidating(
  tx: Tx,
  id: string,
  upload: { etag: string; size: number },
  now: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('datasets')
    .set({ status: 'validating', upload_etag: upload.etag, bytes: upload.size, updated_at: now })
    .where('id', '=', id)
    .where('status', '=', 'awaiting-upload')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface Validated {
  readonly format: DatasetFormat;
  readonly schema: readonly Column[];
  readonly profile: Profile;
  readonly problems: readonly DataProblem[];
  readonly dataKey: string;
}

/** Makes a dataset ready. False when it had ended already: a terminal state never changes. */
export async function markReady(tx: Tx, id: string, validated: Validated, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('datasets')
    .set({
      status: 'ready',
      format: validated.format,
      schema: JSON.stringify(validated.schema),
      profile: JSON.stringify(validated.profile),
      problems: JSON.stringify(validated.problems),
      row_count: validated.profile.rows,
      data_key: validated.dataKey,
      updated_at: now,
    })
    .where('id', '=', id)
    .where('status', 'in', ['awaiting-upload', 'validating'])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Refuses a dataset. False when it had ended already. */
export async function markRejected(
  tx: Tx,
  id: string,
  problems: readonly DataProblem[],
  now: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('datasets')
    .set({ status: 'rejected', problems: JSON.stringify(problems), updated_at: now })
    .where('id', '=', id)
    .where('status', 'in', ['awaiting-upload', 'validating'])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function deleteDataset(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('datasets')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** What became of the dataset that an object belongs to, by the key under which its row names the object. */
export async function statusByObject(
  db: Queryable,
  datasetId: string,
  column: 'upload_key' | 'data_key',
  key: string,
): Promise<DatasetStatus | undefined> {
  const row = await db
    .selectFrom('datasets')
    .select('status')
    .where('id', '=', datasetId)
    .where(column, '=', key)
    .executeTakeFirst();
  return row?.status;
}

/** Datasets that were announced before `before` and never uploaded. */
export async function abandonedAnnouncements(db: Queryable, before: number, limit: number): Promise<DatasetTable[]> {
  return await db
    .selectFrom('datasets')
    .selectAll()
    .where('status', '=', 'awaiting-upload')
    .where('created_at', '<', before)
    .limit(limit)
    .execute();
}

/** Those of `ids` that exist, with their status. */
export async function datasetStatuses(
  db: Queryable,
  ids: readonly string[],
): Promise<{ id: string; status: DatasetStatus }[]> {
  return await db.selectFrom('datasets').select(['id', 'status']).where('id', 'in', ids).execute();
}
