import type { ChampionWithRecipe, ItemFeaturesTable } from '@bellwether/database';

/** The tag of a version that says for what it is the default. */
export const defaultTag = { name: 'default', value: 'items' } as const;

/**
 * The model that predicts items when none is named: the one whose champion is tagged so; else one of which another
 * version is, since a champion that training has promoted since has no tags; else the one that was promoted last. One
 * whose features are not there yet is chosen only when it is tagged, or when there is no other.
 *
 * @param tagged models of which any version has the tag, the one that was tagged on the newest version first
 */
export function chooseItemModel(
  champions: readonly ChampionWithRecipe[],
  features: readonly Pick<ItemFeaturesTable, 'model' | 'promoted_at'>[],
  tagged: readonly string[] = [],
): string | undefined {
  const names = new Set(champions.map(({ model }) => model));
  const own = champions.find(({ tags }) => JSON.parse(tags)[defaultTag.name] === defaultTag.value);
  const named = own?.model ?? tagged.find((model) => names.has(model));
  if (named !== undefined) return named;
  const last = features.filter(({ model }) => names.has(model)).toSorted((a, b) => b.promoted_at - a.promoted_at)[0];
  return last?.model ?? champions[0]?.model;
}
