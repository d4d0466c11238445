import { bfgs, type Minimum } from '../bfgs.ts';
import { type ArimaOrder, coefficientsOf } from './arima-order.ts';
import { polynomialReader } from './arma-polynomials.ts';
import { conditionalLikelihood } from './conditional-likelihood.ts';
import { differenced, integration } from './differencing.ts';
import { exactDeviance } from './exact-likelihood.ts';

/** A fitted model. */
export interface ArimaFit {
  readonly order: ArimaOrder;
  /** Akaike's criterion corrected for short series; comparable between models of the same differences and method. */
  readonly aicc: number;
  /** Where the search ended, from which another of this order may start. */
  readonly minimum: Minimum;
  readonly forecast: (horizon: number) => Float64Array;
}

const LOG_2_PI = Math.log(2 * Math.PI);
/** The search starts beside 0, where the slopes of a product of factors vanish. */
const START = 0.1;
/** A coefficient of no special value: no product of such is 0 by chance. */
const GENERAL = 0.37;
/** Models are compared by less than is asked of the one that forecasts. */
const TOLERANCE = { exact: 1e-6, conditional: 1e-6 };

/** Values after the series from those of its differences. */
const integrate = (y: Float64Array, changes: Float64Array, order: ArimaOrder): Float64Array => {
  const past = integration(order, order.season);
  const values = new Float64Array(y.length + changes.length);
  values.set(y);
  for (let step = 0; step < changes.length; step++) {
    let value = changes[step] as number;
    for (let i = 0; i < past.length; i++) value += (past[i] as number) * (values[y.length + step - 1 - i] as number);
    values[y.length + step] = value;
  }
  return values.slice(y.length);
};

/**
 * Fits the coefficients of one order.
 *
 * @param y scaled values, longer than the differences take
 * @param method `exact` maximum likelihood of the differenced series, or the `conditional` one for comparing many orders
 * @returns `undefined` where there are too few values for that many coefficients, or where the best ones are a cycle in the
 *   noise (see `polynomialReader`)
 */
export const fitArima = (
  y: Float64Array,
  order: ArimaOrder,
  method: 'exact' | 'conditional',
  near?: Minimum,
): ArimaFit | undefined => {
  const x = differenced(y, order, order.season);
  const count = coefficientsOf(order) + (order.constant ? 1 : 0) + 1;
  const rest = x.length - count - 1;
  const { read, areClear } = polynomialReader(order);
  const start = near?.point ?? new Float64Array(coefficientsOf(order)).fill(START);
  if (rest <= 0) return undefined;
  const conditional = conditionalLikelihood(x, read(new Float64Array(start.length).fill(GENERAL)), order.constant);
  const devianceOf = (point: Float64Array): number =>
    method === 'exact' ? exactDeviance(x, read(point), order.constant) : conditional(read(point));
  const best = bfgs(devianceOf, {
    start,
    ...(near && { inverse: near.inverse }),
    tolerance: TOLERANCE[method],
    iterations: 100,
  });
  const polynomials = read(best.point);
  if (!areClear() || !Number.isFinite(best.value)) return undefined;
  return {
    order,
    minimum: best,
    aicc: best.value + x.length * (1 + LOG_2_PI) + 2 * count + (2 * count * (count + 1)) / rest,
    forecast: (horizon) => {
      const changes = new Float64Array(horizon);
      exactDeviance(x, polynomials, order.constant, changes);
      return integrate(y, changes, order);
    },
  };
};
