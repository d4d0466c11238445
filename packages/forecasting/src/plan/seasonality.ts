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

/**
 * Whether a season shows: the autocorrelation of the differences at its length is above what noise reaches in 1 of 20
 * cases. Differences, since a trend alone correlates at any lag.
 *
 * @returns undefined below two seasons and a bit
 */
export const hasSeason = (values: Float64Array, length: number): boolean | undefined => {
  const recent = values.subarray(Math.max(0, values.length - mostSeasons * length));
  if (recent.length < 2 * length + 2) return undefined;
  const differences = recent.subarray(1).map((value, i) => value - (recent[i] as number));
  return autocorrelation(differences, length) > 1.645 / Math.sqrt(differences.length);
};
