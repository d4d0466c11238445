import type { ArimaOrder } from './arima-order.ts';
import { rootsBeyond, stationaryCoefficients } from './stationary-coefficients.ts';

/** The two sides of x_t = Σ ar_i x_{t−i} + e_t + Σ ma_j e_{t−j}, seasonal factors multiplied out. */
export interface ArmaPolynomials {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
}

/**
 * A factor of several coefficients with a root closer to the unit circle than this has found a cycle in the noise; one of
 * a single coefficient never has.
 */
const SMALLEST_ROOT = 1.01;

/** Writes the product of 1 − Σ a_i zⁱ and 1 − Σ b_j z^{jm} in the same form. */
const multiplyInto = (out: Float64Array, a: Float64Array, b: Float64Array, season: number, sign: number): void => {
  out.fill(0);
  for (let i = 0; i < a.length; i++) out[i] = sign * (a[i] as number);
  for (let j = 0; j < b.length; j++) {
    const lag = (j + 1) * season;
    const factor = b[j] as number;
    out[lag - 1] = (out[lag - 1] as number) + sign * factor;
    for (let i = 0; i < a.length; i++) out[lag + i] = (out[lag + i] as number) - sign * factor * (a[i] as number);
  }
};

/** Makes polynomials of the numbers that a search moves: p, then q, P and Q of them. Reuses its arrays. */
export const polynomialReader = (order: ArimaOrder) => {
  const { p, q, seasonalP, seasonalQ, season } = order;
  const factors = [p, q, seasonalP, seasonalQ].map((length) => new Float64Array(length));
  const [arFactor, maFactor, seasonalArFactor, seasonalMaFactor] = factors as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const ar = new Float64Array(p + season * seasonalP);
  const ma = new Float64Array(q + season * seasonalQ);
  return {
    read: (free: Float64Array): ArmaPolynomials => {
      let from = 0;
      for (const factor of factors) {
        stationaryCoefficients(free.subarray(from, from + factor.length), factor);
        from += factor.length;
      }
      multiplyInto(ar, arFactor, seasonalArFactor, season, 1);
      // An invertible moving average is a stationary autoregression with the signs turned.
      multiplyInto(ma, maFactor, seasonalMaFactor, season, -1);
      return { ar, ma };
    },
    /** Whether the factors last read are clear of the unit circle. */
    areClear: (): boolean => factors.every((factor) => rootsBeyond(factor, SMALLEST_ROOT)),
  };
};
