import { normalQuantile } from './normal-quantile.ts';
import { eachResidual, type ResidualPool, spreadAt, withScale } from './residual-pool.ts';
import type { ItemResiduals } from './residuals.ts';
import { quantileOf, type WeightedSample, weightedSample } from './weighted-quantiles.ts';

/** So many windows of an item say as much of the size of its errors as the panel does. */
const sizeWindows = 2.5;
/** So many windows of an item weigh as much in the shape of its errors as the panel does. */
const shapeWindows = 8;
/** So many windows in the pool make the residuals' own quantiles weigh as much as those of a normal distribution. */
const normalWindows = 20;
/** By how much residuals of windows that decided on the weights are too small: of 36 collections, intervals of 80 % held 75 % without it. */
const optimism = 1.1;
/** By how much quantiles are widened where no window says anything: a handful of differences is all that they rest on. */
const unknown = 1.5;
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

/** Puts the spread of the item, of the size of its forecast and of the step back on quantiles. */
const spread = (
  mean: Float64Array,
  own: ItemResiduals,
  pool: ResidualPool,
  { quantiles, size }: Shape,
  isNonNegative: boolean,
): Float64Array[] =>
  quantiles.map((quantile) =>
    mean.map((value, step) => {
      const width = size * spreadAt(value, own, pool.power) * (pool.growth[step] ?? pool.growth.at(-1) ?? 1);
      const found = value + width * quantile;
      return isNonNegative ? Math.max(0, found) : found;
    }),
  );

/** Quantiles by level of residuals in a pool's units: the sample's own, the fewer the windows the more a normal distribution's. */
const trusted = (sample: WeightedSample, pool: ResidualPool, levels: readonly number[]): number[] => {
  const trust = pool.windows / (pool.windows + normalWindows);
  // The weights were chosen on these very windows, and a few windows seldom hold the worst that can come.
  const widening = pool.windows === 0 ? unknown : optimism + 1 / pool.windows;
  return levels.map((level) => {
    const normal = normalQuantile(level) * deviationsPerError * pool.size;
    return widening * (trust * quantileOf(sample, level) + (1 - trust) * normal);
  });
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
  return { size, quantiles: trusted(weightedSample(all, weights), pool, levels) };
};

/** What of quantiles is the same for all items of a pool. */
export const pooledQuantiles = (pool: ResidualPool, levels: readonly number[]): readonly number[] =>
  trusted(weightedSample(pool.standardised, new Float64Array(pool.standardised.length).fill(1)), pool, levels);

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
  const sized = withScale(own);
  return spread(mean, sized, pool, shapeOf(sized, pool, levels), isNonNegative);
};

/**
 * The same from the pool's quantiles and the size of the item's errors alone, without the shape that the item's errors
 * have: a hundredth of the time.
 *
 * @param pooled as `pooledQuantiles` has them
 */
export const quickQuantiles = (
  mean: Float64Array,
  own: ItemResiduals,
  pool: ResidualPool,
  pooled: readonly number[],
  isNonNegative: boolean,
): Float64Array[] => {
  const sized = withScale(own);
  const size = relativeSize(ownStandardised(sized, pool), own.windows.length, pool);
  return spread(mean, sized, pool, { size, quantiles: pooled }, isNonNegative);
};
