/**
 * Area under the ROC curve of one class against the rest: the share of pairs (one row of the class, one of the rest)
 * in which the class' row has the higher score, a tie counting one half.
 * @returns undefined when either side is empty
 */
export const areaUnderCurve = (scores: Float64Array, isPositive: (row: number) => boolean): number | undefined => {
  const positives = scores.filter((_, row) => isPositive(row)).sort();
  const negatives = scores.filter((_, row) => !isPositive(row)).sort();
  if (positives.length === 0 || negatives.length === 0) return undefined;
  let below = 0;
  let notAbove = 0;
  let pairs = 0;
  for (const score of positives) {
    while (below < negatives.length && (negatives[below] as number) < score) below++;
    while (notAbove < negatives.length && (negatives[notAbove] as number) <= score) notAbove++;
    pairs += (below + notAbove) / 2;
  }
  return pairs / positives.length / negatives.length;
};
