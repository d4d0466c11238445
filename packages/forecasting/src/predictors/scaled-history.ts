/** Steps of the scaled values: finer than any forecast needs, coarser than the rounding of a change of unit. */
const GRID = 2 ** 36;

/** History beyond this many periods, or seasons if that is more, changes no estimate that matters but costs its time. */
const MOST_PERIODS = 2000;
const MOST_SEASONS = 12;

/**
 * Runs a fit on the recent history in units of its mean absolute value. The optimisers of Theta, ETS and ARIMA stop by
 * absolute tolerances and compare sums, so in the series' own units a forecast in kilograms would not be a thousand
 * times that in tonnes. Rounding to a grid removes the last bits, in which two units differ and which would otherwise
 * make a simplex take another way.
 *
 * @param history finite values, at least one
 * @param season length of the season in periods, 1 for none; at most 12 of them or 2,000 periods are used, whichever is more
 * @param fit the forecast of scaled values
 * @returns the forecast in the series' units; the constant itself where the history is constant; `undefined` where
 *   `fit` gives none or one that is not finite
 */
export const onScaledHistory = (
  history: Float64Array,
  season: number,
  horizon: number,
  fit: (scaled: Float64Array) => Float64Array | undefined,
): Float64Array | undefined => {
  if (history.length === 0) return undefined;
  const recent = history.subarray(Math.max(0, history.length - Math.max(MOST_PERIODS, MOST_SEASONS * season)));
  const [first = 0] = recent;
  if (recent.every((value) => value === first)) return new Float64Array(horizon).fill(first);
  const scale = recent.reduce((sum, value) => sum + Math.abs(value) / recent.length, 0);
  if (!(scale > 0) || !Number.isFinite(scale)) return undefined;
  const scaled = recent.map((value) => Math.round((value / scale) * GRID) / GRID);
  const forecast = fit(scaled)?.map((value) => value * scale);
  return forecast?.every((value) => Number.isFinite(value)) ? forecast : undefined;
};
