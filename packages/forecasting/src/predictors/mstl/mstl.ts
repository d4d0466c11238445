import { selectEts } from '../ets/select-ets.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { decompose } from './decompose.ts';

/** Seasons of which the series shows at least two, each once. */
const shownSeasons = (seasonLengths: readonly number[], periods: number): number[] =>
  [...new Set(seasonLengths.map((length) => Math.round(length)))]
    .filter((length) => length > 1 && 2 * length <= periods)
    .sort((a, b) => a - b);

/**
 * Decomposition into all seasons by MSTL; the last of each is repeated, and exponential smoothing without season
 * continues what is left. `undefined` below two of the shortest season, unless all values are the same.
 */
export const mstl: Predictor = {
  name: 'mstl',
  forecast: (history, { horizon, seasonLengths }) =>
    onScaledHistory(history, Math.max(1, ...seasonLengths), horizon, (scaled) => {
      const seasons = shownSeasons(seasonLengths, scaled.length);
      if (seasons.length === 0) return undefined;
      const { seasonals, adjusted } = decompose(scaled, seasons);
      return selectEts(adjusted, 1)
        ?.forecast(horizon)
        .map((value, step) =>
          seasons.reduce((sum, season, i) => {
            const last = scaled.length - season + (step % season);
            return sum + ((seasonals[i] as Float64Array)[last] as number);
          }, value),
        );
    }),
};
