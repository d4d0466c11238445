import { normalQuantile } from './normal-quantile.ts';
import { eachResidual, type ResidualPool, spreadAt } from './residual-pool.ts';
import type { ItemResiduals } from './residuals.ts';
import { quantileOf, weightedSample } from './weighted-quantiles.ts';

/** So many windows of an item say as much of the size of its errors as the panel does. */
const sizeWindows = 2.5;
/** So many windows of an item weigh as much in the shape of its errors as the panel does. */
const shapeWindows = 8;
/** So many windows in the pool make the residuals' own quantiles weigh as much as those of a normal distribution. */
const normalWindows = 20;
/** By how much residuals of windows that decided on the weights are too small: of 36 collections, intervals of 80 % held 75 % without it. */
const optimism = 1.1;
/** Standard deviations in a mean absolute error of a normal distribution. */
const deviationsPerError = Math.sqrt(Math.PI / 2);

/** Quantiles of what is left of residuals once their spread is taken out, by level. */
interface Shape {
  readonly quantiles: readonly number[];
  readonly size: number;
}

const ownStandardised = (own: ItemResiduals, pool: ResidualPool): Float64Array => {
  const values: number[] = [];
  eachResidual(own, pool.power, (step, value) => values.push(value / (pool.growth[step] as number)));
  return Float64Array.from(values);
};

const meanSize = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length);

/** The size of an item's errors in units of the pool's, drawn to 1. */
const relativeSize = (values: Float64Array, windows: number, pool: ResidualPool): number => {
  const size = meanSize(values);
  if (windows === 0 || !(size > 0) || !(pool.size > 0)) return 1;
  return (size / pool.size) ** (windows / (windows + sizeWindows));
};

const shapeOf = (own: ItemResiduals, pool: ResidualPool, levels: readonly number[]): Shape => {
  const windows = own.windows.length;
  const values = ownStandardised(own, pool);
  const size = relativeSize(values, windows, pool);
  const share = pool.items <= 1 ? 0 : windows / (windows + shapeWindows);
  const all = Float64Array.of(...values.map((value) => value / size), ...pool.standardised);
  const weights = all.map((_, i) =>
    i < values.length ? share / Math.max(1, values.length) : (1 - share) / Math.max(1, pool.standardised.length),
  );
  const sample = weightedSample(all, weights);
  const trust = pool.windows / (pool.windows + normalWindows);
  // The weights were chosen on these very windows, and a few windows seldom hold the worst that can come.
  const widening = optimism + 1 / Math.max(1, pool.windows);
  return {
    size,
    quantiles: levels.map((level) => {
      const normal = normalQuantile(level) * deviationsPerError * pool.size;
      return widening * (trust * quantileOf(sample, level) + (1 - trust) * normal);
    }),
  };
};

/**
 * Quantiles of a forecast: the forecast and, for each level, the quantile of the residuals of earlier windows, in the
 * spread that the item, the size of the forecast and the step give (conformal prediction with normalised residuals).
 * They rise with the level.
 *
 * @param own the item's residuals, of those windows alone that may be known
 * @param levels rising
 * @param isNonNegative whether the history never was below 0
 * @returns one array a level
 */
export const itemQuantiles = (
  mean: Float64Array,
  own: ItemResiduals,
  pool: ResidualPool,
  levels: readonly number[],
  isNonNegative: boolean,
): Float64Array[] => {
  const { quantiles, size } = shapeOf(own, pool, levels);
  return quantiles.map((quantile) =>
    mean.map((value, step) => {
      const spread = size * spreadAt(value, own, pool.power) * (pool.growth[step] ?? pool.growth.at(-1) ?? 1);
      const found = value + spread * quantile;
      return isNonNegative ? Math.max(0, found) : found;
    }),
  );
};
