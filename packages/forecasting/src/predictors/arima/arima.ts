import { mainSeasonOf } from '../main-season.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { selectArima } from './select-arima.ts';

/** The exact likelihood's cost grows with the square of the season; longer ones are left to decomposition. */
const LONGEST_SEASON = 60;

/**
 * Seasonal ARIMA with automatic choice of differences and orders. `undefined` below seven values, unless they are all
 * the same.
 */
export const arima: Predictor = {
  name: 'arima',
  forecast: (history, { horizon, seasonLengths }) => {
    const season = mainSeasonOf(seasonLengths);
    const used = season > LONGEST_SEASON ? 1 : season;
    return onScaledHistory(history, used, horizon, (scaled) => selectArima(scaled, used)?.forecast(horizon));
  },
};
