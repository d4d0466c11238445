import { candidateForms } from './ets-form.ts';
import { type EtsFit, fitEts, widestBounds } from './fit-ets.ts';

/** Fewer values than this say nothing about a smoothing parameter. */
const SHORTEST = 7;

/**
 * The form with the smallest AICc of all that suit the data (Hyndman and Khandakar 2008, section 2).
 *
 * @param y scaled values, not all the same
 * @param season length of the season, 1 for none
 * @returns `undefined` below seven values
 */
export const selectEts = (y: Float64Array, season: number): EtsFit | undefined => {
  if (y.length < SHORTEST) return undefined;
  const usable = y.length > season ? season : 1;
  const positive = y.every((value) => value > 0);
  const bounds = widestBounds();
  let best: EtsFit | undefined;
  for (const form of candidateForms(usable, positive)) {
    const fit = fitEts(y, usable, form, bounds);
    if (fit !== undefined && fit.aicc < (best?.aicc ?? Number.POSITIVE_INFINITY)) best = fit;
  }
  return best;
};
