import { mainSeasonOf } from '../main-season.ts';
import type { Predictor, PredictorOptions } from '../predictor.ts';
import { onScaledHistory } from '../scaled-history.ts';
import { dynamicOptimised, fitTheta, type ThetaModel, thetaModels } from './fit-theta.ts';
import { adjustSeason } from './seasonal-adjustment.ts';

/** Fewer values than this leave no error after the ones that the objective skips. */
const SHORTEST = 4;

const forecastBest = (
  models: readonly ThetaModel[],
  history: Float64Array,
  { horizon, seasonLengths }: PredictorOptions,
): Float64Array | undefined => {
  const season = mainSeasonOf(seasonLengths);
  return onScaledHistory(history, season, horizon, (scaled) => {
    if (scaled.length < SHORTEST) return undefined;
    const { adjusted, reseason } = adjustSeason(scaled, season);
    const fits = models.map((model) => fitTheta(adjusted, model, horizon));
    return reseason(fits.reduce((best, fit) => (fit.squares < best.squares ? fit : best)).forecast);
  });
};

/**
 * The dynamic optimised theta model (Fiorucci et al. 2016), which won its share of the M competitions: exponential
 * smoothing plus half a line, on the series without its season. `undefined` below four values.
 */
export const theta: Predictor = {
  name: 'theta',
  forecast: (history, options) => forecastBest([dynamicOptimised], history, options),
};

/** The one of the four Theta models whose one-step errors are smallest. */
export const autoTheta: Predictor = {
  name: 'auto-theta',
  forecast: (history, options) => forecastBest(thetaModels, history, options),
};
