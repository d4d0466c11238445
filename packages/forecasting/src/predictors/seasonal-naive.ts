import { mainSeasonOf } from './main-season.ts';
import type { Predictor } from './predictor.ts';

/** Each future period is the same period of the last season; without a season it is the naive forecast. */
export const seasonalNaive: Predictor = {
  name: 'seasonal-naive',
  forecast: (history, { horizon, seasonLengths }) => {
    const season = mainSeasonOf(seasonLengths);
    if (history.length < season) return undefined;
    const start = history.length - season;
    return Float64Array.from({ length: horizon }, (_, step) => history[start + (step % season)] as number);
  },
};
