/**
 * The one season that predictors of a single season use: the shortest, as it repeats most often in the history and as
 * the longer ones (a year of days) rarely repeat enough to be learnt by one series. 1 means no season.
 *
 * @param seasonLengths in periods, shortest first
 */
export const mainSeasonOf = (seasonLengths: readonly number[]): number =>
  Math.max(1, Math.round(seasonLengths.find((length) => length > 1) ?? 1));
