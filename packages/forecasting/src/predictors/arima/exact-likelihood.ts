import type { ArmaPolynomials } from './arma-polynomials.ts';
import { type Innovations, innovationsOf } from './innovations.ts';

const SMALLEST_VARIANCE = 1e-30;

/** A series, or the constant 1, less its expected values. */
const filterInto = (
  out: Float64Array,
  x: Float64Array,
  t: number,
  ar: Float64Array,
  innovations: Innovations,
): void => {
  const { theta, width, start } = innovations;
  let error = x[t] as number;
  if (t >= start) for (let i = 1; i <= ar.length; i++) error -= (ar[i - 1] as number) * (x[t - i] as number);
  const row = t * width;
  const reach = innovations.reach(t);
  for (let j = 1; j <= reach; j++) error -= (theta[row + j] as number) * (out[t - j] as number);
  out[t] = error;
};

/** Expected values after the series, where innovations are 0. */
const continueInto = (
  forecast: Float64Array,
  x: Float64Array,
  mean: number,
  ar: Float64Array,
  errors: Float64Array,
  innovations: Innovations,
): void => {
  const n = x.length;
  const valueAt = (t: number): number => (t < n ? (x[t] as number) : (forecast[t - n] as number));
  for (let t = n; t < n + forecast.length; t++) {
    innovations.advance(t);
    let value = mean;
    if (t >= innovations.start) {
      for (let i = 1; i <= ar.length; i++) value += (ar[i - 1] as number) * (valueAt(t - i) - mean);
    }
    for (let j = t - n + 1; j <= innovations.reach(t); j++) {
      value += (innovations.theta[t * innovations.width + j] as number) * (errors[t - j] as number);
    }
    forecast[t - n] = value;
  }
};

/**
 * Exact Gaussian likelihood of an ARMA process, with mean and error variance at their best values: the filter is linear,
 * so the mean is regressed on the filtered constant instead of being searched for.
 *
 * @param x differenced series
 * @param forecast is filled with the expected values after the series
 * @returns −2 log likelihood without n log 2π + n
 */
export const exactDeviance = (
  x: Float64Array,
  polynomials: ArmaPolynomials,
  constant: boolean,
  forecast?: Float64Array,
): number => {
  const n = x.length;
  const { ar } = polynomials;
  const innovations = innovationsOf(polynomials, n + (forecast?.length ?? 0));
  const one = new Float64Array(n).fill(1);
  const filtered = new Float64Array(n);
  const filteredOne = new Float64Array(n);
  let logVariance = 0;
  let squares = 0;
  let products = 0;
  let ones = 0;
  for (let t = 0; t < n; t++) {
    innovations.advance(t);
    const variance = innovations.variance[t] as number;
    filterInto(filtered, x, t, ar, innovations);
    const error = filtered[t] as number;
    logVariance += Math.log(variance);
    squares += (error * error) / variance;
    if (!constant) continue;
    filterInto(filteredOne, one, t, ar, innovations);
    products += (error * (filteredOne[t] as number)) / variance;
    ones += (filteredOne[t] as number) ** 2 / variance;
  }
  const mean = constant ? products / ones : 0;
  if (forecast !== undefined) {
    const errors = filtered.map((error, t) => error - mean * (filteredOne[t] as number));
    continueInto(forecast, x, mean, ar, errors, innovations);
  }
  return n * Math.log(Math.max((squares - mean * products) / n, SMALLEST_VARIANCE)) + logVariance;
};
