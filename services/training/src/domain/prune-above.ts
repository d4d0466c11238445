/** Below it, the best third is one trial. */
const leastTrials = 4;

/**
 * The loss on the first fold above which a trial is hopeless, and its other folds need not be fitted: it is worse than
 * the worst of the best third of those that ended, by more than that one is worse than the best. (Successive halving
 * by folds, after Jamieson and Talwalkar 2016, with a margin for what the folds differ by chance.)
 *
 * @param losses on the first fold, of trials that were not stopped
 * @returns undefined while there are too few of them
 */
export function pruneAbove(losses: readonly number[]): number | undefined {
  if (losses.length < leastTrials) return undefined;
  const sorted = losses.toSorted((a, b) => a - b);
  const best = sorted[0] as number;
  const third = sorted[Math.floor((sorted.length - 1) / 3)] as number;
  return third + (third - best);
}
