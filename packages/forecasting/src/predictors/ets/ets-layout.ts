import type { EtsForm } from './ets-form.ts';

/**
 * Where each number of a form stands in the vector that the search moves: smoothing parameters first, then the states
 * before the first period. The last seasonal state is not in it, as the season sums to 0 (or to its length); -1 means
 * that the form has no such parameter.
 */
export interface EtsLayout {
  readonly alpha: 0;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  readonly level: number;
  readonly slope: number;
  readonly firstSeasonal: number;
  /** Periods of the season, 1 where the form has none. */
  readonly season: number;
  readonly length: number;
}

/** @param season length of the series' season, which forms without one ignore */
export const layoutOf = (form: EtsForm, season: number): EtsLayout => {
  let next = 1;
  const place = (present: boolean): number => (present ? next++ : -1);
  const trend = form.trend !== 'none';
  const seasonal = form.season !== 'none';
  const beta = place(trend);
  const gamma = place(seasonal);
  const phi = place(form.damped);
  const level = place(true);
  const slope = place(trend);
  return {
    alpha: 0,
    beta,
    gamma,
    phi,
    level,
    slope,
    firstSeasonal: seasonal ? next : -1,
    season: seasonal ? season : 1,
    length: next + (seasonal ? season - 1 : 0),
  };
};
