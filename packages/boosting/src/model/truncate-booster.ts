import type { Booster } from './booster.ts';

/** Only the rounds up to the best one of early stopping, or to the given number of them. */
export const truncateBooster = (booster: Booster, rounds?: number): Booster => {
  const best = booster.attributes.best_iteration;
  const wanted = rounds ?? (best === undefined ? Number.POSITIVE_INFINITY : Number(best) + 1);
  const kept = Math.min(wanted, booster.rounds.length - 1);
  const trees = booster.rounds[kept] as number;
  return {
    ...booster,
    trees: booster.trees.slice(0, trees),
    treeGroups: booster.treeGroups.slice(0, trees),
    rounds: booster.rounds.slice(0, kept + 1),
  };
};
