import { classicalSeason, type SeasonKind } from '../classical-decomposition.ts';

/** A series without its season, and the way back. */
export interface SeasonalAdjustment {
  readonly adjusted: Float64Array;
  /** Puts the season of the periods after the series back on a forecast of it. */
  readonly reseason: (forecast: Float64Array) => Float64Array;
}

/** 95 % one-sided quantile of the standard normal distribution. */
const CRITICAL = 1.6448536269514722;
/** Below this a multiplicative season would divide by nearly nothing. */
const SMALLEST_FACTOR = 0.01;

/** Autocorrelations at lags 1…`lags`, with the biased (1/n) autocovariances. */
const autocorrelations = (y: Float64Array, lags: number): Float64Array => {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const centred = y.map((value) => value - mean);
  const variance = centred.reduce((sum, value) => sum + value * value, 0);
  return Float64Array.from({ length: lags }, (_, i) => {
    let sum = 0;
    for (let t = i + 1; t < centred.length; t++) sum += (centred[t] as number) * (centred[t - i - 1] as number);
    return sum / variance;
  });
};

/**
 * Whether the autocorrelation at the season is larger than chance makes it (Bartlett's standard error, 90 %), as in the
 * M competitions' Theta. Seasons shorter than 4 or a history of less than two are taken for none.
 */
export const isSeasonal = (y: Float64Array, season: number): boolean => {
  if (season < 4 || y.length < 2 * season) return false;
  const r = autocorrelations(y, season);
  const squares = r.subarray(0, season - 1).reduce((sum, value) => sum + value * value, 0);
  return Math.abs(r[season - 1] as number) / Math.sqrt((1 + 2 * squares) / y.length) > CRITICAL;
};

/** Takes the season off by classical decomposition where the test finds one: by ratio for positive data, else by difference. */
export const adjustSeason = (y: Float64Array, season: number): SeasonalAdjustment => {
  if (!isSeasonal(y, season)) return { adjusted: y, reseason: (forecast) => forecast };
  let kind: SeasonKind = y.every((value) => value > 0) ? 'multiplicative' : 'additive';
  let figures = classicalSeason(y, season, kind);
  if (kind === 'multiplicative' && figures.some((figure) => figure < SMALLEST_FACTOR)) {
    kind = 'additive';
    figures = classicalSeason(y, season, kind);
  }
  const figureAt = (t: number): number => figures[t % season] as number;
  return kind === 'additive'
    ? {
        adjusted: y.map((value, t) => value - figureAt(t)),
        reseason: (forecast) => forecast.map((value, step) => value + figureAt(y.length + step)),
      }
    : {
        adjusted: y.map((value, t) => value / figureAt(t)),
        reseason: (forecast) => forecast.map((value, step) => value * figureAt(y.length + step)),
      };
};
