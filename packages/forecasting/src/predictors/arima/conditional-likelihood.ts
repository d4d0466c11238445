import type { ArmaPolynomials } from './arma-polynomials.ts';

const SMALLEST_VARIANCE = 1e-30;

const lagsOf = (coefficients: Float64Array): Int32Array =>
  Int32Array.from([...coefficients.keys()].filter((i) => coefficients[i] !== 0)).map((i) => i + 1);

/**
 * The likelihood given the first values and no errors before them (conditional sum of squares): a good guess of the
 * exact one at a small part of its cost, as it uses only the lags that a seasonal model has.
 *
 * @param x differenced series
 * @param example polynomials whose coefficients are 0 at the lags that the model has not
 * @returns a function of polynomials of the same lags: n log of the variance of the errors after the first max(p) values
 */
export const conditionalLikelihood = (
  x: Float64Array,
  example: ArmaPolynomials,
  constant: boolean,
): ((polynomials: ArmaPolynomials) => number) => {
  const n = x.length;
  const p = example.ar.length;
  const arLags = lagsOf(example.ar);
  const maLags = lagsOf(example.ma);
  const errors = new Float64Array(n);
  const errorsOfOne = new Float64Array(n);

  /** The errors of a constant 1, on which those of the series are regressed for their mean. */
  const filterOne = ({ ar, ma }: ArmaPolynomials): void => {
    let one = 1;
    for (let i = 0; i < arLags.length; i++) one -= ar[(arLags[i] as number) - 1] as number;
    for (let t = p; t < n; t++) {
      let error = one;
      for (let i = 0; i < maLags.length; i++) {
        const lag = maLags[i] as number;
        if (t - lag < p) break;
        error -= (ma[lag - 1] as number) * (errorsOfOne[t - lag] as number);
      }
      errorsOfOne[t] = error;
    }
  };
  const filter = ({ ar, ma }: ArmaPolynomials): void => {
    for (let t = p; t < n; t++) {
      let error = x[t] as number;
      for (let i = 0; i < arLags.length; i++) {
        const lag = arLags[i] as number;
        error -= (ar[lag - 1] as number) * (x[t - lag] as number);
      }
      for (let i = 0; i < maLags.length; i++) {
        const lag = maLags[i] as number;
        if (t - lag < p) break;
        error -= (ma[lag - 1] as number) * (errors[t - lag] as number);
      }
      errors[t] = error;
    }
  };
  return (polynomials) => {
    if (n <= p) return Number.POSITIVE_INFINITY;
    filter(polynomials);
    if (constant) filterOne(polynomials);
    let squares = 0;
    let products = 0;
    let ones = 0;
    for (let t = p; t < n; t++) {
      const error = errors[t] as number;
      const one = errorsOfOne[t] as number;
      squares += error * error;
      products += error * one;
      ones += one * one;
    }
    const sum = ones > 0 ? squares - (products * products) / ones : squares;
    return n * Math.log(Math.max(sum / (n - p), SMALLEST_VARIANCE));
  };
};
