import { mainSeasonOf } from '../main-season.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { selectSmoothing } from './select-smoothing.ts';

/** A season longer than this has more states than one series can tell; longer ones are left to decomposition. */
const LONGEST_SEASON = 60;

/**
 * Exponential smoothing with automatic choice of the form, like `ets`, but with slopes instead of a simplex: the search
 * reaches the maximum of the likelihood, which a simplex of more than a dozen first states does not. `undefined` below
 * seven values, unless they are all the same.
 */
export const holtWinters: Predictor = {
  name: 'holt-winters',
  forecast: (history, { horizon, seasonLengths }) => {
    const season = mainSeasonOf(seasonLengths);
    const used = season > LONGEST_SEASON ? 1 : season;
    return onScaledHistory(history, used, horizon, (scaled) => selectSmoothing(scaled, used)?.forecast(horizon));
  },
};
