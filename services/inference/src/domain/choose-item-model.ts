import type { ChampionWithRecipe, ItemFeaturesTable } from '@bellwether/database';

/** The tag of a version that says for what it is the default. */
export const defaultTag = { name: 'default', value: 'items' } as const;

/**
 * The model that predicts items when none is named: the one whose champion is tagged so, else the one that was promoted
 * last. One whose features are not there yet is chosen only when it is tagged, or when there is no other.
 */
export function chooseItemModel(
  champions: readonly ChampionWithRecipe[],
  features: readonly Pick<ItemFeaturesTable, 'model' | 'promoted_at'>[],
): string | undefined {
  const tagged = champions.find(({ tags }) => JSON.parse(tags)[defaultTag.name] === defaultTag.value);
  if (tagged !== undefined) return tagged.model;
  const names = new Set(champions.map(({ model }) => model));
  const last = features.filter(({ model }) => names.has(model)).toSorted((a, b) => b.promoted_at - a.promoted_at)[0];
  return last?.model ?? champions[0]?.model;
}
