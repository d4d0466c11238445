import { armaMoments } from './arma-autocovariances.ts';
import type { ArmaPolynomials } from './arma-polynomials.ts';

/** Once an innovation's variance is this close to the errors', the coefficients of the recursion have settled. */
const SETTLED = 1e-9;

/** Expected values of an ARMA process from its past innovations, value after value. */
export interface Innovations {
  /** The coefficient of the innovation at t−j in the expected value at t is at `t · width + j`. */
  readonly theta: Float64Array;
  readonly width: number;
  /** Variance of the innovation at t in units of the errors'. */
  readonly variance: Float64Array;
  /** From here on the autoregression is taken off directly, and only the moving average is left to innovations. */
  readonly start: number;
  /** Number of innovations before `t` that its expected value uses. */
  readonly reach: (t: number) => number;
  /** Computes coefficients and variance at `t`; to be called for 0, 1, 2… */
  readonly advance: (t: number) => void;
}

/**
 * The innovations algorithm for ARMA processes (Brockwell and Davis 1991, section 5.3). Its work per value is the square
 * of the moving average's order, not of both orders as the Kalman filter's.
 */
export const innovationsOf = (polynomials: ArmaPolynomials, length: number): Innovations => {
  const { ma } = polynomials;
  const q = ma.length;
  const start = Math.max(polynomials.ar.length, q);
  const { gamma, cross, movingAverage } = armaMoments(polynomials);
  const width = start + 1;
  const theta = new Float64Array(length * width);
  const variance = new Float64Array(length);
  const covariance = new Float64Array(length);
  let settled = false;

  const covarianceAt = (t: number, k: number): number => {
    const lag = t - k;
    if (t < start) return gamma[lag] as number;
    if (lag > q) return 0;
    return (k < start ? cross[lag] : movingAverage[lag]) as number;
  };
  const advance = (t: number): void => {
    const row = t * width;
    if (settled) {
      for (let j = 1; j <= q; j++) theta[row + j] = ma[j - 1] as number;
      variance[t] = 1;
      return;
    }
    const from = t < start ? 0 : t - q;
    let rest = covarianceAt(t, t);
    if (t >= start) rest = movingAverage[0] as number;
    for (let k = from; k < t; k++) {
      let sum = covarianceAt(t, k);
      const rowK = k * width + k;
      for (let j = from; j < k; j++) sum -= (theta[rowK - j] as number) * (covariance[j] as number);
      covariance[k] = sum;
      const coefficient = sum / (variance[k] as number);
      theta[row + t - k] = coefficient;
      rest -= coefficient * sum;
    }
    variance[t] = rest;
    settled = t >= start + q && rest - 1 < SETTLED;
  };
  return { theta, width, variance, start, reach: (t) => (t < start ? t : Math.min(q, t)), advance };
};
