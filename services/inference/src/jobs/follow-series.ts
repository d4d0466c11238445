import { emit, type FeatureRecipe, flow } from '@bellwether/contracts';
import type { Deps } from '../deps.ts';
import { isNewer, seriesStoredAt } from '../items/series-stored-at.ts';

/** Items whose series enrichment has stored anew have news, though no row of their source is new. */
export async function followSeries({ database, store, perform }: Deps): Promise<void> {
  const known = await database.read
    .selectFrom('item_features')
    .select(['tenant_id', 'model', 'recipe', 'updated_at'])
    .execute();
  for (const { tenant_id: tenantId, model, recipe, updated_at } of known) {
    const { steps } = JSON.parse(recipe) as FeatureRecipe;
    const storedAt = await seriesStoredAt(steps, store);
    if (!isNewer(storedAt, updated_at)) continue;
    // Once for what was stored, also where nothing can come of it.
    await perform({ id: `${tenantId}/${model}:series:${storedAt}`, tenantId }, async () => ({
      result: undefined,
      messages: [emit(flow.itemsOutdated, { model })],
    }));
  }
}
