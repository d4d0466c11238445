import type { ArmaPolynomials } from './arma-polynomials.ts';

const SMALLEST_VARIANCE = 1e-30;

/**
 * The likelihood given the first values and no errors before them (conditional sum of squares): a good guess of the
 * exact one at a small part of its cost, as it uses only the lags that a seasonal model has.
 *
 * @returns n log of the variance of the errors after the first max(p) values
 */
export const conditionalDeviance = (x: Float64Array, { ar, ma }: ArmaPolynomials, constant: boolean): number => {
  const n = x.length;
  const p = ar.length;
  if (n <= p) return Number.POSITIVE_INFINITY;
  const arLags = lagsOf(ar);
  const maLags = lagsOf(ma);
  const errors = new Float64Array(n);
  const errorsOfOne = new Float64Array(n);
  let arSum = 1;
  for (const lag of arLags) arSum -= ar[lag - 1] as number;
  let squares = 0;
  let products = 0;
  let ones = 0;
  for (let t = p; t < n; t++) {
    let error = x[t] as number;
    let one = arSum;
    for (let i = 0; i < arLags.length; i++) {
      const lag = arLags[i] as number;
      error -= (ar[lag - 1] as number) * (x[t - lag] as number);
    }
    for (let i = 0; i < maLags.length; i++) {
      const lag = maLags[i] as number;
      if (lag > t) break;
      error -= (ma[lag - 1] as number) * (errors[t - lag] as number);
      one -= (ma[lag - 1] as number) * (errorsOfOne[t - lag] as number);
    }
    errors[t] = error;
    errorsOfOne[t] = one;
    squares += error * error;
    products += error * one;
    ones += one * one;
  }
  const sum = constant && ones > 0 ? squares - (products * products) / ones : squares;
  return n * Math.log(Math.max(sum / (n - p), SMALLEST_VARIANCE));
};

const lagsOf = (coefficients: Float64Array): Int32Array =>
  Int32Array.from([...coefficients.keys()].filter((i) => coefficients[i] !== 0)).map((i) => i + 1);
