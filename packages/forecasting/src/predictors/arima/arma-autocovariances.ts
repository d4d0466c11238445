import type { ArmaPolynomials } from './arma-polynomials.ts';
import { solveInPlace } from './solve-in-place.ts';

/** Second moments of an ARMA process whose errors have variance 1. */
export interface ArmaMoments {
  /** Covariance of x_t and x_{t−h}, h from 0 to max(p, q). */
  readonly gamma: Float64Array;
  /** Covariance of the moving average part at t and x_{t−h}, h from 0 to q. */
  readonly cross: Float64Array;
  /** Covariance of the moving average part at t and t−h, h from 0 to q. */
  readonly movingAverage: Float64Array;
}

const at = (values: Float64Array, index: number): number => (index < values.length ? (values[index] as number) : 0);

/** Brockwell and Davis (1991), section 3.3: the Yule–Walker equations of the process. */
export const armaMoments = ({ ar, ma }: ArmaPolynomials): ArmaMoments => {
  const p = ar.length;
  const q = ma.length;
  const theta = Float64Array.from({ length: q + 1 }, (_, j) => (j === 0 ? 1 : (ma[j - 1] as number)));
  const psi = new Float64Array(q + 1);
  for (let j = 0; j <= q; j++) {
    let value = theta[j] as number;
    for (let i = 1; i <= Math.min(j, p); i++) value += (ar[i - 1] as number) * (psi[j - i] as number);
    psi[j] = value;
  }
  const lagged = (values: Float64Array): Float64Array =>
    theta.map((_, h) => {
      let sum = 0;
      for (let j = h; j <= q; j++) sum += (theta[j] as number) * (values[j - h] as number);
      return sum;
    });
  const cross = lagged(psi);
  const equations = new Float64Array((p + 1) * (p + 1));
  const first = Float64Array.from({ length: p + 1 }, (_, h) => at(cross, h));
  for (let h = 0; h <= p; h++) {
    const row = h * (p + 1);
    equations[row + h] = (equations[row + h] as number) + 1;
    for (let i = 1; i <= p; i++) {
      const column = row + Math.abs(h - i);
      equations[column] = (equations[column] as number) - (ar[i - 1] as number);
    }
  }
  solveInPlace(equations, first);
  const gamma = new Float64Array(Math.max(p, q) + 1);
  gamma.set(first);
  for (let h = p + 1; h < gamma.length; h++) {
    let value = at(cross, h);
    for (let i = 1; i <= p; i++) value += (ar[i - 1] as number) * (gamma[h - i] as number);
    gamma[h] = value;
  }
  return { gamma, cross, movingAverage: lagged(theta) };
};
