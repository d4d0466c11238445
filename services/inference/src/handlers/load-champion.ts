import { emit, flow } from '@bellwether/contracts';
import { championsWithRecipe } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/**
 * A champion was promoted: load it before the first request asks for it. Only a warm-up, since one replica alone hears
 * of it; a version that was deleted meanwhile is nobody's fault. Items are computed by the new one's recipe.
 */
export const loadChampion: Handler<'inference', typeof flow.championPromoted, Deps> = async (message, deps) => {
  try {
    await deps.models.refresh(message.tenantId, message.body.model);
  } catch (error) {
    deps.log.warn({ err: error, model: message.body.model }, 'the new champion could not be loaded ahead');
  }
  const { model } = message.body;
  return async (tx) => {
    const champions = await championsWithRecipe(tx, message.tenantId);
    return champions.some((champion) => champion.model === model) ? [emit(flow.itemsOutdated, { model })] : [];
  };
};
