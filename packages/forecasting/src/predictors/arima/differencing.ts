import { stl } from '../mstl/stl.ts';

/** How often a series is differenced. */
export interface Differences {
  readonly d: number;
  readonly seasonalD: number;
}

/** 5 % critical value of the KPSS test for a level (Kwiatkowski et al. 1992, table 1). */
const KPSS_CRITICAL = 0.463;
/** Strength of the season from which Hyndman's rule differences by it. */
const STRONG_SEASON = 0.64;
const MOST_DIFFERENCES = 2;

const isConstant = (y: Float64Array): boolean => y.every((value) => value === y[0]);

/** y_t − y_{t−lag}; `lag` values shorter. */
export const difference = (y: Float64Array, lag: number): Float64Array =>
  y.subarray(lag).map((value, t) => value - (y[t] as number));

/** Takes all differences of a series, the seasonal one first. */
export const differenced = (y: Float64Array, { d, seasonalD }: Differences, season: number): Float64Array => {
  let rest = y;
  for (let i = 0; i < seasonalD; i++) rest = difference(rest, season);
  for (let i = 0; i < d; i++) rest = difference(rest, 1);
  return rest;
};

/** The coefficients c of x_t = w_t + Σ c_i x_{t−i}, with which a differenced series w is summed up again. */
export const integration = ({ d, seasonalD }: Differences, season: number): Float64Array => {
  let polynomial = Float64Array.of(1);
  const multiply = (lag: number): void => {
    const product = new Float64Array(polynomial.length + lag);
    for (const [i, value] of polynomial.entries()) {
      product[i] = (product[i] as number) + value;
      product[i + lag] = (product[i + lag] as number) - value;
    }
    polynomial = product;
  };
  for (let i = 0; i < seasonalD; i++) multiply(season);
  for (let i = 0; i < d; i++) multiply(1);
  return polynomial.subarray(1).map((value) => -value);
};

/** The KPSS statistic for a constant level, with Bartlett weights over ⌊3√n/13⌋ lags. */
export const kpss = (y: Float64Array): number => {
  const n = y.length;
  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  const lags = Math.floor((3 * Math.sqrt(n)) / 13);
  let cumulated = 0;
  let squares = 0;
  for (const value of y) {
    cumulated += value - mean;
    squares += cumulated * cumulated;
  }
  let variance = 0;
  for (let lag = 0; lag <= lags; lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += ((y[t] as number) - mean) * ((y[t - lag] as number) - mean);
    variance += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * product;
  }
  return squares / n / variance;
};

const varianceOf = (y: Float64Array): number => {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

/** Share of the detrended variance that the season explains (Wang, Smith and Hyndman 2006), 0 to 1. */
export const seasonalStrength = (y: Float64Array, season: number): number => {
  const { seasonal, trend } = stl(y, season, 11);
  const detrended = y.map((value, t) => value - (trend[t] as number));
  const remainder = detrended.map((value, t) => value - (seasonal[t] as number));
  return Math.max(0, 1 - varianceOf(remainder) / varianceOf(detrended));
};

/** Differences by the rules of Hyndman and Khandakar (2008): one by a strong season, then as many as KPSS asks for, up to two. */
export const chooseDifferences = (y: Float64Array, season: number): Differences => {
  const seasonalD = season > 1 && y.length > 2 * season && seasonalStrength(y, season) > STRONG_SEASON ? 1 : 0;
  let rest = seasonalD === 1 ? difference(y, season) : y;
  let d = 0;
  while (d < MOST_DIFFERENCES && rest.length > 2 && !isConstant(rest) && kpss(rest) > KPSS_CRITICAL) {
    rest = difference(rest, 1);
    d++;
  }
  return { d, seasonalD };
};
