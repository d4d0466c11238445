import { classicalSeason } from '../classical-decomposition.ts';
import { leastSquares } from '../least-squares.ts';
import type { EtsForm } from './ets-form.ts';

const SMALLEST_FACTOR = 0.01;

/** The seasonal component at each period: a trend and one sine wave below three seasons, else the classical decomposition. */
const seasonalComponent = (y: Float64Array, season: number, multiplicative: boolean): Float64Array => {
  if (y.length >= 3 * season) {
    const figures = classicalSeason(y, season, multiplicative ? 'multiplicative' : 'additive');
    return y.map((_, t) => figures[t % season] as number);
  }
  const ones = new Float64Array(y.length).fill(1);
  const time = ones.map((_, t) => t + 1);
  const cosine = time.map((t) => Math.cos((2 * Math.PI * t) / season));
  const sine = time.map((t) => Math.sin((2 * Math.PI * t) / season));
  // A season of two has no sine: it is zero at every period.
  const columns = season === 2 ? [ones, time, cosine] : [ones, time, cosine, sine];
  const [intercept = 0, slope = 0] = leastSquares(columns, y);
  return y.map((value, t) => {
    const level = intercept + slope * (t + 1);
    return multiplicative ? value / level : value - level;
  });
};

/** Intercept and slope of the line through the first `count` values at periods 1…count. */
const lineThrough = (y: Float64Array, count: number): { intercept: number; slope: number } => {
  const mean = (count + 1) / 2;
  let sum = 0;
  let products = 0;
  for (let t = 0; t < count; t++) {
    sum += y[t] as number;
    products += (t + 1 - mean) * (y[t] as number);
  }
  const slope = products / ((count * (count * count - 1)) / 12);
  return { intercept: sum / count - slope * mean, slope };
};

/**
 * States from which the search starts (Hyndman et al. 2002, section 3): seasonal figures of a decomposition, then level
 * and slope of the first two seasons, or ten values, without them.
 *
 * @returns level, slope if the form has one, and all but the last seasonal state, backwards in time from the one before
 *   the first period
 */
export const etsStart = (y: Float64Array, season: number, form: EtsForm): Float64Array => {
  let adjusted = y;
  let seasonals = new Float64Array(0);
  let window = 10;
  if (form.season !== 'none') {
    const multiplicative = form.season === 'multiplicative';
    const component = seasonalComponent(y, season, multiplicative);
    seasonals = component.slice(1, season).reverse();
    adjusted = y.map((value, t) => {
      const figure = component[t] as number;
      return multiplicative ? value / Math.max(figure, SMALLEST_FACTOR) : value - figure;
    });
    if (multiplicative) {
      seasonals = seasonals.map((figure) => Math.max(figure, SMALLEST_FACTOR));
      const sum = seasonals.reduce((total, figure) => total + figure, 0);
      // The last factor is the season's length minus these: it must not start negative.
      if (sum > season) {
        const total = sum + SMALLEST_FACTOR * seasonals.length;
        seasonals = seasonals.map((figure) => figure / total);
      }
    }
    window = Math.max(10, 2 * season);
  }
  const count = Math.min(window, y.length);
  if (form.trend === 'none') {
    return Float64Array.of(adjusted.subarray(0, count).reduce((sum, value) => sum + value, 0) / count, ...seasonals);
  }
  const { intercept, slope } = lineThrough(adjusted, count);
  // A first forecast of zero would have no relative error.
  const zero = Math.abs(intercept + slope) < 1e-8;
  return Float64Array.of(zero ? intercept * 1.001 : intercept, zero ? slope * 0.999 : slope, ...seasonals);
};
