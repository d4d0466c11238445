import { openJobStatuses } from '@bellwether/contracts';
import type { JobTable } from '../tables/jobs.ts';
import type { ModelTable, ModelVersionTable } from '../tables/models.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

type VersionKey = Pick<ModelVersionTable, 'tenant_id' | 'model' | 'version'>;
type ModelKey = Pick<ModelTable, 'tenant_id' | 'name'>;

/** Replaces a version's tags. */
export async function setTags(tx: Tx, key: VersionKey, tags: string): Promise<void> {
  await tx
    .updateTable('model_versions')
    .set({ tags })
    .where('tenant_id', '=', key.tenant_id)
    .where('model', '=', key.model)
    .where('version', '=', key.version)
    .execute();
}

/** Says which versions of a model are kept. */
export async function setRetention(tx: Tx, key: ModelKey, retention: string | null, now: number): Promise<void> {
  await tx
    .updateTable('models')
    .set({ retention, updated_at: now })
    .where('tenant_id', '=', key.tenant_id)
    .where('name', '=', key.name)
    .execute();
}

/** Models of all tenants that have a rule of retention. */
export async function modelsWithRetention(db: Queryable): Promise<ModelTable[]> {
  return await db
    .selectFrom('models')
    .selectAll()
    .where('retention', 'is not', null)
    .where('deleted_at', 'is', null)
    .execute();
}

/** Deletes the row of a version. The caller holds the model's lock, and deletes the artifact afterwards. */
export async function deleteVersionRow(tx: Tx, key: VersionKey): Promise<void> {
  await tx
    .deleteFrom('model_versions')
    .where('tenant_id', '=', key.tenant_id)
    .where('model', '=', key.model)
    .where('version', '=', key.version)
    .execute();
}

/** Marks a model as deleted, without a champion; its versions are deleted by the caller, who holds its lock. */
export async function markModelDeleted(tx: Tx, model: ModelTable, now: number): Promise<void> {
  await tx
    .updateTable('models')
    .set({
      deleted_at: now,
      updated_at: now,
      champion_version: null,
      retention: null,
      task: null,
      revision: model.revision + 1,
    })
    .where('tenant_id', '=', model.tenant_id)
    .where('name', '=', model.name)
    .execute();
}

/** Jobs that train or use a model and have not ended. */
export async function openJobsOfModel(db: Queryable, key: ModelKey): Promise<JobTable[]> {
  return await db
    .selectFrom('jobs')
    .selectAll()
    .where('tenant_id', '=', key.tenant_id)
    .where('model', '=', key.name)
    .where('status', 'in', openJobStatuses)
    .execute();
}
