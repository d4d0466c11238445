import { type FeatureRecipe, type flow, Problem } from '@bellwether/contracts';
import {
  championsWithRecipe,
  deleteGeneration,
  findItemFeatures,
  lockItemFeatures,
  newestUploadOf,
  putItemFeatures,
} from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { type Generation, makeGeneration } from '../items/make-generation.ts';
import { isNewer, seriesStoredAt } from '../items/series-stored-at.ts';

/**
 * A model's items are out of date: compute their features from the newest dataset of its source and the series as they
 * are stored now. A dataset that does
 * not have what the model's recipe reads changes nothing: the items stay as they were.
 */
export const refreshItems: Handler<'inference', typeof flow.itemsOutdated, Deps> = async (
  message,
  deps,
  { signal },
) => {
  const { database, store, now, log } = deps;
  const { tenantId } = message;
  const { model } = message.body;
  const champion = (await championsWithRecipe(database.read, tenantId)).find((each) => each.model === model);
  if (champion === undefined) return async () => [];
  const recipe = JSON.parse(champion.recipe) as FeatureRecipe;
  const dataset = await newestUploadOf(database.read, tenantId, recipe.source);
  if (dataset?.data_key == null || recipe.item === undefined || recipe.period === undefined) return async () => [];

  // Before series are looked at: one that is stored meanwhile counts as news.
  const begunAt = now();
  const known = await findItemFeatures(database.read, tenantId, model);
  const isCurrent =
    known?.dataset_id === dataset.id &&
    known.recipe === champion.recipe &&
    !isNewer(await seriesStoredAt(recipe.steps, store), known.updated_at);
  if (isCurrent && known.version === champion.version) return async () => [];
  let made: Generation;
  try {
    made = isCurrent
      ? {
          id: known.generation,
          periodStart: known.period_start,
          historyKey: known.history_key,
          items: known.item_count,
        }
      : await makeGeneration({ ...dataset, data_key: dataset.data_key }, recipe, deps, signal);
  } catch (error) {
    // What the data do not allow stays so however often it is tried.
    if (!(error instanceof Problem)) throw error;
    log.warn({ err: error, model, dataset: dataset.id }, 'the features of items could not be computed');
    return async () => [];
  }

  return async (tx) => {
    const before = await lockItemFeatures(tx, tenantId, model);
    // Of two at once the one with the newer dataset stays, whichever comes last.
    if (before !== undefined && before.dataset_id > dataset.id) return [];
    if (isCurrent && before?.generation !== made.id) return [];
    await putItemFeatures(tx, {
      tenant_id: tenantId,
      model,
      revision: (before?.revision ?? 0) + 1,
      generation: made.id,
      dataset_id: dataset.id,
      version: champion.version,
      recipe: champion.recipe,
      source_schema: dataset.schema ?? '[]',
      period_start: made.periodStart,
      history_key: made.historyKey,
      item_count: made.items,
      promoted_at: before?.version === champion.version ? before.promoted_at : now(),
      updated_at: isCurrent ? known.updated_at : begunAt,
    });
    if (before !== undefined && before.generation !== made.id) await deleteGeneration(tx, before.generation);
    return [];
  };
};
