import { mainSeasonOf } from '../main-season.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { selectEts } from './select-ets.ts';

/** A season longer than this has more states than one series can tell; longer ones are left to decomposition. */
const LONGEST_SEASON = 60;

/**
 * Exponential smoothing with automatic choice of error, trend, damping and season; simple, Holt's and Holt-Winters'
 * methods are among the forms. `undefined` below seven values, unless they are all the same.
 */
export const ets: Predictor = {
  name: 'ets',
  forecast: (history, { horizon, seasonLengths }) => {
    const season = mainSeasonOf(seasonLengths);
    const used = season > LONGEST_SEASON ? 1 : season;
    return onScaledHistory(history, used, horizon, (scaled) => selectEts(scaled, used)?.forecast(horizon));
  },
};
