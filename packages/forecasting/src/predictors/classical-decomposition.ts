export type SeasonKind = 'additive' | 'multiplicative';

/** The centred moving average over one season (half weights at both ends where the season is even); NaN where it does not fit. */
const centredMovingAverage = (y: Float64Array, season: number): Float64Array => {
  const trend = new Float64Array(y.length).fill(Number.NaN);
  const half = Math.floor(season / 2);
  const even = season % 2 === 0;
  for (let t = half; t + half < y.length; t++) {
    let sum = 0;
    for (let i = t - half; i <= t + half; i++) {
      const edge = even && (i === t - half || i === t + half);
      sum += edge ? 0.5 * (y[i] as number) : (y[i] as number);
    }
    trend[t] = sum / season;
  }
  return trend;
};

/**
 * Seasonal figures of the classical decomposition: means by period of the series without its centred moving average,
 * centred on 0, or scaled to mean 1 if multiplicative. As statsmodels' `seasonal_decompose` has it.
 *
 * @param y at least two seasons
 * @returns one figure per period of the season, from the period of `y[0]` on
 */
export const classicalSeason = (y: Float64Array, season: number, kind: SeasonKind): Float64Array => {
  const trend = centredMovingAverage(y, season);
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let t = 0; t < y.length; t++) {
    const level = trend[t] as number;
    if (Number.isNaN(level)) continue;
    const value = y[t] as number;
    const period = t % season;
    sums[period] = (sums[period] as number) + (kind === 'additive' ? value - level : value / level);
    counts[period] = (counts[period] as number) + 1;
  }
  const means = sums.map((sum, period) => sum / (counts[period] as number));
  const centre = means.reduce((sum, value) => sum + value, 0) / season;
  return means.map((value) => (kind === 'additive' ? value - centre : value / centre));
};
