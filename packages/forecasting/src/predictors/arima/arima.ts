import { mainSeasonOf } from '../main-season.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { selectArima } from './select-arima.ts';

/** The exact likelihood's cost grows with the square of the season; longer ones are left to decomposition. */
const LONGEST_SEASON = 52;
/** More says little about a handful of coefficients, and the likelihood's cost grows with every value. */
const MOST_PERIODS = 600;
const MOST_SEASONS = 8;

/**
 * Seasonal ARIMA with automatic choice of differences and orders. `undefined` below seven values, unless they are all
 * the same.
 */
export const arima: Predictor = {
  name: 'arima',
  forecast: (history, { horizon, seasonLengths }) => {
    const season = mainSeasonOf(seasonLengths);
    const used = season > LONGEST_SEASON ? 1 : season;
    const recent = history.subarray(Math.max(0, history.length - Math.max(MOST_PERIODS, MOST_SEASONS * used)));
    return onScaledHistory(recent, used, horizon, (scaled) => selectArima(scaled, used)?.forecast(horizon));
  },
};
