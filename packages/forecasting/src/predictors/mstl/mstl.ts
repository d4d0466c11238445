import { selectEts } from '../ets/select-ets.ts';
import type { Predictor } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { theta } from '../theta/theta.ts';
import { decompose } from './decompose.ts';

/** Seasons of which the series shows at least two, each once. */
const shownSeasons = (seasonLengths: readonly number[], periods: number): number[] =>
  [...new Set(seasonLengths.map((length) => Math.round(length)))]
    .filter((length) => length > 1 && 2 * length <= periods)
    .sort((a, b) => a - b);

/** Continues what is left of a series once its seasons are taken out. */
type Continuation = (adjusted: Float64Array, horizon: number) => Float64Array | undefined;

const decomposed = (name: string, continued: Continuation): Predictor => ({
  name,
  forecast: (history, { horizon, seasonLengths }) =>
    onScaledHistory(history, Math.max(1, ...seasonLengths), horizon, (scaled) => {
      const seasons = shownSeasons(seasonLengths, scaled.length);
      if (seasons.length === 0) return undefined;
      const { seasonals, adjusted } = decompose(scaled, seasons);
      return continued(adjusted, horizon)?.map((value, step) =>
        seasons.reduce((sum, season, i) => {
          const last = scaled.length - season + (step % season);
          return sum + ((seasonals[i] as Float64Array)[last] as number);
        }, value),
      );
    }),
});

/**
 * Decomposition into all seasons by MSTL; the last of each is repeated, and exponential smoothing without season
 * continues what is left. `undefined` below two of the shortest season, unless all values are the same.
 */
export const mstl: Predictor = decomposed('mstl', (adjusted, horizon) => selectEts(adjusted, 1)?.forecast(horizon));

/** The same with the dynamic optimised theta model on what is left: a fifth of the time, and other errors. */
export const mstlTheta: Predictor = decomposed('mstl-theta', (adjusted, horizon) =>
  theta.forecast(adjusted, { horizon, seasonLengths: [] }),
);
