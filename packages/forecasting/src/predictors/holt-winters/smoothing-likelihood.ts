import type { EtsForm } from '../ets/ets-form.ts';
import type { EtsLayout } from '../ets/ets-layout.ts';
import { chainSmoothing, readSmoothing } from './smoothing-parameters.ts';

/** A multiplicative component below this is about to turn its sign. */
const SMALLEST_FACTOR = 1e-3;
const SMALLEST_SUM = 1e-20;

/** The likelihood of a form as a search needs it. */
export interface SmoothingLikelihood {
  /** −2 log likelihood up to a constant, the same one for all forms; infinite where a factor is not positive. */
  readonly deviance: (point: Float64Array) => number;
  /** Slopes of the deviance at the point that it was last asked for. */
  readonly gradient: (point: Float64Array) => Float64Array;
  /** Expected values after the series. */
  readonly forecast: (point: Float64Array, horizon: number) => Float64Array;
}

/**
 * The innovations recursion of Hyndman et al. (2008) in error-correction form, and backwards through it the slopes of
 * the likelihood by all parameters and first states, at the cost of two more runs however many they are.
 *
 * With r the error, the states move by α r, β r and γ r; if the season is multiplicative, by α r/s, β r/s and γ r/b with
 * s the seasonal factor and b the level with its growth.
 *
 * @param y scaled values
 */
export const smoothingLikelihood = (y: Float64Array, form: EtsForm, layout: EtsLayout): SmoothingLikelihood => {
  const n = y.length;
  const { season } = layout;
  const additive = form.season === 'additive';
  const multiplicative = form.season === 'multiplicative';
  const seasonal = additive || multiplicative;
  const relative = form.error === 'multiplicative';
  const hasTrend = layout.slope >= 0;
  const seasonals = new Float64Array(season);
  const bySeasonal = new Float64Array(season);
  const bases = new Float64Array(n);
  const slopes = new Float64Array(n);
  const factors = new Float64Array(n);
  const errors = new Float64Array(n);
  let lastLevel = 0;
  let lastSlope = 0;
  let squares = 0;

  const readSeason = (point: Float64Array): void => {
    if (!seasonal) return;
    let rest = multiplicative ? season : 0;
    for (let j = 0; j < season - 1; j++) {
      const value = point[layout.firstSeasonal + j] as number;
      seasonals[season - 1 - j] = value;
      rest -= value;
    }
    seasonals[0] = rest;
  };

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop for all forms; its branches are constant in a run and predicted
  const deviance = (point: Float64Array): number => {
    readSeason(point);
    const { alpha, beta, gamma, phi } = readSmoothing(point, layout);
    let level = point[layout.level] as number;
    let slope = hasTrend ? (point[layout.slope] as number) : 0;
    let logarithms = 0;
    let product = 1;
    let period = 0;
    squares = 0;
    for (let t = 0; t < n; t++) {
      const growth = phi * slope;
      const base = level + growth;
      const factor = seasonals[period] as number;
      if (multiplicative && !(factor > SMALLEST_FACTOR && base > SMALLEST_FACTOR)) return Number.POSITIVE_INFINITY;
      const fitted = additive ? base + factor : multiplicative ? base * factor : base;
      const error = (y[t] as number) - fitted;
      bases[t] = base;
      slopes[t] = slope;
      factors[t] = factor;
      errors[t] = error;
      if (relative) {
        if (!(fitted > SMALLEST_FACTOR)) return Number.POSITIVE_INFINITY;
        squares += (error / fitted) ** 2;
        product *= fitted;
        if (product < 1e-100 || product > 1e100) {
          logarithms += Math.log(product);
          product = 1;
        }
      } else squares += error * error;
      const move = multiplicative ? error / factor : error;
      level = base + alpha * move;
      slope = growth + beta * move;
      if (seasonal) seasonals[period] = factor + gamma * (multiplicative ? error / base : error);
      if (++period === season) period = 0;
    }
    lastLevel = level;
    lastSlope = slope;
    const fit = n * Math.log(Math.max(squares, SMALLEST_SUM));
    return relative ? fit + 2 * (logarithms + Math.log(product)) : fit;
  };

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: mirrors the loop above, branch for branch
  const gradient = (point: Float64Array): Float64Array => {
    const { alpha, beta, gamma, phi } = readSmoothing(point, layout);
    const slopesOf = new Float64Array(layout.length);
    const perSquare = (2 * n) / Math.max(squares, SMALLEST_SUM);
    let byAlpha = 0;
    let byBeta = 0;
    let byGamma = 0;
    let byPhi = 0;
    let byLevel = 0;
    let bySlope = 0;
    bySeasonal.fill(0);
    let period = (n - 1) % season;
    for (let t = n - 1; t >= 0; t--) {
      const base = bases[t] as number;
      const factor = factors[t] as number;
      const error = errors[t] as number;
      const after = bySeasonal[period] as number;
      const perLevel = multiplicative ? 1 / factor : 1;
      const perSeason = multiplicative ? 1 / base : 1;
      const byMove = alpha * byLevel + beta * bySlope;
      byAlpha += error * perLevel * byLevel;
      byBeta += error * perLevel * bySlope;
      byGamma += error * perSeason * after;
      let byError = byMove * perLevel + gamma * perSeason * after;
      let byFitted = 0;
      if (relative) {
        const fitted = multiplicative ? base * factor : additive ? base + factor : base;
        const share = error / fitted;
        byError += (perSquare * share) / fitted;
        byFitted = (2 - perSquare * share * share) / fitted;
      } else byError += perSquare * error;
      byFitted -= byError;
      const byBase =
        byLevel + (multiplicative ? byFitted * factor - (gamma * after * error) / (base * base) : byFitted);
      let byFactor = after;
      if (multiplicative) byFactor += byFitted * base - (byMove * error) / (factor * factor);
      else if (additive) byFactor += byFitted;
      bySeasonal[period] = byFactor;
      const byGrowth = byBase + bySlope;
      byPhi += byGrowth * (slopes[t] as number);
      bySlope = phi * byGrowth;
      byLevel = byBase;
      if (--period < 0) period = season - 1;
    }
    slopesOf[layout.alpha] = byAlpha;
    if (layout.beta >= 0) slopesOf[layout.beta] = byBeta;
    if (layout.gamma >= 0) slopesOf[layout.gamma] = byGamma;
    if (layout.phi >= 0) slopesOf[layout.phi] = byPhi;
    slopesOf[layout.level] = byLevel;
    if (hasTrend) slopesOf[layout.slope] = bySlope;
    // The first period's state is what the others leave of the season's sum.
    for (let j = 0; seasonal && j < season - 1; j++) {
      slopesOf[layout.firstSeasonal + j] = (bySeasonal[season - 1 - j] as number) - (bySeasonal[0] as number);
    }
    chainSmoothing(slopesOf, point, layout);
    return slopesOf;
  };

  const forecast = (point: Float64Array, horizon: number): Float64Array => {
    deviance(point);
    const { phi } = readSmoothing(point, layout);
    let damping = 0;
    let power = 1;
    return Float64Array.from({ length: horizon }, (_, step) => {
      power *= phi;
      damping += power;
      const base = lastLevel + damping * lastSlope;
      const factor = seasonals[(n + step) % season] as number;
      return additive ? base + factor : multiplicative ? base * factor : base;
    });
  };
  return { deviance, gradient, forecast };
};
