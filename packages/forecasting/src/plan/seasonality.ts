/** Autocorrelation of differences at a lag; NaN where there are too few. */
export const autocorrelation = (values: Float64Array, lag: number): number => {
  const { length } = values;
  if (length <= lag + 2) return Number.NaN;
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  let variance = 0;
  let covariance = 0;
  for (let i = 0; i < length; i++) {
    const deviation = (values[i] as number) - mean;
    variance += deviation * deviation;
    if (i >= lag) covariance += deviation * ((values[i - lag] as number) - mean);
  }
  return variance > 0 ? covariance / variance : 0;
};

/** So far back: older values cost time and say nothing new of a season. */
const mostSeasons = 20;

/** One step of a longer season is small beside noise, so that differences do not show it. */
const longestByDifferences = 12;
/** With fewer seasons chance repeats too easily. */
const leastSeasons = 3;
/** So many lags say how long the deviations remember. */
const lagsLookedAt = 24;

/** Deviations from the mean of the season around each value; a random walk's are uncorrelated a season apart. */
const deviations = (values: Float64Array, length: number): Float64Array => {
  const sums = new Float64Array(values.length + 1);
  for (const [i, value] of values.entries()) sums[i + 1] = (sums[i] as number) + value;
  const half = Math.floor(length / 2);
  return Float64Array.from({ length: Math.max(0, values.length - length + 1) }, (_, i) => {
    const around = ((sums[i + length] as number) - (sums[i] as number)) / length;
    return (values[i + half] as number) - around;
  });
};

/** What is left of values without the mean of each place in the season. */
const withoutSeason = (values: Float64Array, length: number): Float64Array => {
  const sums = new Float64Array(length);
  for (const [i, value] of values.entries()) sums[i % length] = (sums[i % length] as number) + value;
  const counts = sums.map((_, place) => Math.ceil((values.length - place) / length));
  return values.map((value, i) => value - (sums[i % length] as number) / (counts[i % length] as number));
};

/**
 * Whether deviations from the level correlate a season apart by more than chance in 1 of 100 cases, whose size follows
 * from how what is left without the season correlates within one (Bartlett's formula).
 */
const deviationsRepeat = (values: Float64Array, length: number): boolean => {
  const around = deviations(values, length);
  const rest = withoutSeason(around, length);
  const every = Math.ceil(length / lagsLookedAt);
  let memory = 1;
  for (let lag = every; lag < length; lag += every) memory += 2 * every * autocorrelation(rest, lag) ** 2;
  const pairs = around.length - length;
  const correlation = (autocorrelation(around, length) * around.length) / pairs;
  return correlation > 2.326 * Math.sqrt(memory / pairs);
};

/**
 * Whether a season shows: the autocorrelation of the differences at its length is above what noise reaches in 1 of 20
 * cases; differences, since a trend alone correlates at any lag. Of long seasons also that of deviations from the level.
 *
 * @returns undefined below two seasons and a bit
 */
export const hasSeason = (values: Float64Array, length: number): boolean | undefined => {
  const recent = values.subarray(Math.max(0, values.length - mostSeasons * length));
  if (recent.length < 2 * length + 2) return undefined;
  const differences = recent.subarray(1).map((value, i) => value - (recent[i] as number));
  if (autocorrelation(differences, length) > 1.645 / Math.sqrt(differences.length)) return true;
  return length > longestByDifferences && recent.length >= leastSeasons * length && deviationsRepeat(recent, length);
};
