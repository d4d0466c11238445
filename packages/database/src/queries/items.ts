import type { ItemFeaturesTable, ItemTable } from '../tables/items.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

/** What is at hand for the items of a model. */
export async function findItemFeatures(
  db: Queryable,
  tenantId: string,
  model: string,
): Promise<ItemFeaturesTable | undefined> {
  return await db
    .selectFrom('item_features')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('model', '=', model)
    .executeTakeFirst();
}

/** The same, locked. */
export async function lockItemFeatures(
  tx: Tx,
  tenantId: string,
  model: string,
): Promise<ItemFeaturesTable | undefined> {
  return await tx
    .selectFrom('item_features')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('model', '=', model)
    .forUpdate()
    .executeTakeFirst();
}

/** Says which generation counts from now on. */
export async function putItemFeatures(tx: Tx, row: ItemFeaturesTable): Promise<void> {
  const { tenant_id, model, ...change } = row;
  await tx.insertInto('item_features').values(row).onDuplicateKeyUpdate(change).execute();
}

/** A champion that was trained by a recipe. */
export interface ChampionWithRecipe {
  readonly model: string;
  readonly version: number;
  readonly recipe: string;
  /** JSON */
  readonly tags: string;
}

/** Champions of a tenant that have a recipe. */
export async function championsWithRecipe(db: Queryable, tenantId: string): Promise<ChampionWithRecipe[]> {
  const rows = await db
    .selectFrom('models')
    .innerJoin('model_versions', (join) =>
      join
        .onRef('model_versions.tenant_id', '=', 'models.tenant_id')
        .onRef('model_versions.model', '=', 'models.name')
        .onRef('model_versions.version', '=', 'models.champion_version'),
    )
    .select(['model_versions.model', 'model_versions.version', 'model_versions.recipe', 'model_versions.tags'])
    .where('models.tenant_id', '=', tenantId)
    .where('models.deleted_at', 'is', null)
    .where('model_versions.recipe', 'is not', null)
    .orderBy('model_versions.model')
    .execute();
  return rows.map(({ recipe, ...row }) => ({ ...row, recipe: recipe ?? '' }));
}

export async function insertItems(tx: Tx, rows: readonly ItemTable[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('items')
      .values([...rows])
      .execute();
}

export async function findItem(db: Queryable, generation: string, item: string): Promise<ItemTable | undefined> {
  return await db
    .selectFrom('items')
    .selectAll()
    .where('generation', '=', generation)
    .where('item', '=', item)
    .executeTakeFirst();
}

/** Items of a generation before and after a name in byte order, `count` on each side. */
export async function itemsAround(db: Queryable, generation: string, item: string, count: number): Promise<string[]> {
  const one = db.selectFrom('items').select('item').where('generation', '=', generation).limit(count);
  const after = await one.where('item', '>', item).orderBy('item').execute();
  const before = await one.where('item', '<', item).orderBy('item', 'desc').execute();
  return [...before.toReversed(), ...after].map((row) => row.item);
}

export async function deleteGeneration(tx: Tx, generation: string): Promise<void> {
  await tx.deleteFrom('items').where('generation', '=', generation).execute();
}

/** Generations that no model names, made before `before`: of attempts that lost. */
export async function orphanedGenerations(db: Queryable, before: number): Promise<string[]> {
  const rows = await db
    .selectFrom('items')
    .select('generation')
    .distinct()
    .where('created_at', '<', before)
    .where('generation', 'not in', db.selectFrom('item_features').select('generation'))
    .execute();
  return rows.map(({ generation }) => generation);
}

/** Keys of the histories that models name. */
export async function servedHistories(db: Queryable): Promise<Set<string>> {
  const rows = await db.selectFrom('item_features').select('history_key').execute();
  return new Set(rows.map(({ history_key }) => history_key));
}

/** What is at hand of all models of a tenant. */
export async function listItemFeatures(db: Queryable, tenantId: string): Promise<ItemFeaturesTable[]> {
  return await db.selectFrom('item_features').selectAll().where('tenant_id', '=', tenantId).execute();
}
