import { stl } from './stl.ts';

/** Rounds over several seasons, so that each is found without the others. */
const ROUNDS = 2;

/** A series taken apart into several seasons and the rest. */
export interface SeveralSeasons {
  /** By season, shortest first. */
  readonly seasonals: readonly Float64Array[];
  /** Trend and remainder together. */
  readonly adjusted: Float64Array;
}

/**
 * MSTL of Bandara, Hyndman and Bergmeir (2021): STL season by season on what the other seasons leave. The shorter a
 * season, the faster it may change: windows of 11, 15, 19… seasons.
 *
 * @param seasonLengths each at least 2 and at most half of the series, shortest first
 */
export const decompose = (y: Float64Array, seasonLengths: readonly number[]): SeveralSeasons => {
  const seasonals = seasonLengths.map(() => new Float64Array(y.length));
  const adjusted = y.slice();
  for (let round = 0; round < (seasonLengths.length > 1 ? ROUNDS : 1); round++) {
    for (const [i, season] of seasonLengths.entries()) {
      const previous = seasonals[i] as Float64Array;
      for (let t = 0; t < y.length; t++) adjusted[t] = (adjusted[t] as number) + (previous[t] as number);
      const { seasonal } = stl(adjusted, season, 11 + 4 * i);
      for (let t = 0; t < y.length; t++) adjusted[t] = (adjusted[t] as number) - (seasonal[t] as number);
      previous.set(seasonal);
    }
  }
  return { seasonals, adjusted };
};
