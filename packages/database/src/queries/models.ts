import type { ModelTable, ModelVersionTable } from '../tables/models.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

export async function findModel(db: Queryable, tenantId: string, name: string): Promise<ModelTable | undefined> {
  return await db
    .selectFrom('models')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/**
 * Locks a model's row, made first when it is not there: version numbers and the champion change under this lock.
 *
 * The insert takes the row's exclusive lock at once. `insert ignore` would share it among all who come second, who then
 * wait for each other when they want it for themselves.
 */
export async function lockModel(tx: Tx, tenantId: string, name: string, now: number): Promise<ModelTable> {
  await tx
    .insertInto('models')
    .values({
      tenant_id: tenantId,
      name,
      task: null,
      champion_version: null,
      revision: 0,
      last_version: 0,
      retention: null,
      deleted_at: null,
      created_at: now,
      updated_at: now,
    })
    .onDuplicateKeyUpdate(({ ref }) => ({ name: ref('name') }))
    .execute();
  return await tx
    .selectFrom('models')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Models by name; the cursor is the last name. */
export async function listModels(
  db: Queryable,
  tenantId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<ModelTable[]> {
  let query = db.selectFrom('models').selectAll().where('tenant_id', '=', tenantId).where('deleted_at', 'is', null);
  if (page.cursor !== undefined) query = query.where('name', '>', page.cursor);
  return await query.orderBy('name').limit(page.limit).execute();
}

/** Adds a version under the next number of its model, which may have been deleted. The caller holds the model's lock. */
export async function insertVersion(
  tx: Tx,
  model: ModelTable,
  row: Omit<ModelVersionTable, 'version' | 'tenant_id' | 'model'>,
): Promise<number> {
  const version = model.last_version + 1;
  await tx
    .updateTable('models')
    .set({ last_version: version, task: row.task, updated_at: row.created_at, deleted_at: null })
    .where('tenant_id', '=', model.tenant_id)
    .where('name', '=', model.name)
    .execute();
  await tx
    .insertInto('model_versions')
    .values({ ...row, tenant_id: model.tenant_id, model: model.name, version })
    .execute();
  return version;
}

export async function findVersion(
  db: Queryable,
  tenantId: string,
  model: string,
  version: number,
): Promise<ModelVersionTable | undefined> {
  return await db
    .selectFrom('model_versions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('model', '=', model)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** All versions of a model, newest first; of one job when asked. */
export async function listVersions(
  db: Queryable,
  tenantId: string,
  model: string,
  jobId?: string,
): Promise<ModelVersionTable[]> {
  let query = db.selectFrom('model_versions').selectAll().where('tenant_id', '=', tenantId).where('model', '=', model);
  if (jobId !== undefined) query = query.where('job_id', '=', jobId);
  return await query.orderBy('version', 'desc').execute();
}

/** Makes a version champion if the model is still at `revision`. False when somebody was faster. */
export async function promote(
  tx: Tx,
  model: { readonly tenantId: string; readonly name: string; readonly revision: number },
  version: number,
  now: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('models')
    .set({ champion_version: version, revision: model.revision + 1, updated_at: now })
    .where('tenant_id', '=', model.tenantId)
    .where('name', '=', model.name)
    .where('revision', '=', model.revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Whether a trial's version names this object. */
export async function hasArtifact(db: Queryable, trialId: string, key: string): Promise<boolean> {
  const row = await db
    .selectFrom('model_versions')
    .select('version')
    .where('trial_id', '=', trialId)
    .where('artifact_key', '=', key)
    .executeTakeFirst();
  return row !== undefined;
}
