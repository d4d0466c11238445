import type { Series } from '../panel/series.ts';
import type { RatioScale } from './ratio-scale.ts';

/** Base and spread of an item at an origin; undefined where all is missing or 0 so far. */
export interface Footing {
  readonly base: number;
  readonly spread: number;
}

/** A series with sums that answer any window of it at once. */
export interface SeriesView {
  readonly series: Series;
  /** Mean of the values in `from` ≤ i < `to`; NaN where none is known. */
  readonly mean: (from: number, to: number) => number;
  readonly deviation: (from: number, to: number) => number;
  readonly zeroShare: (from: number, to: number) => number;
  /** From values before the origin alone. */
  readonly footing: (origin: number) => Footing | undefined;
}

const sums = (values: Float64Array, of: (value: number) => number): Float64Array => {
  const found = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    found[i + 1] = (found[i] as number) + (Number.isNaN(value) ? 0 : of(value));
  }
  return found;
};

/** A quiet stretch has at least this share of the spread before it. */
const leastSpread = 0.1;
/** A spread below this share of the level is what sums of squares leave of a constant; the level takes its place. */
const rounding = 1e-6;

/** @param window periods that the base is the mean of */
export const viewSeries = (series: Series, window: number, scale: RatioScale): SeriesView => {
  const { values } = series;
  const counts = sums(values, () => 1);
  const totals = sums(values, (value) => value);
  const zeros = sums(values, (value) => (value === 0 ? 1 : 0));
  // Squares of small numbers: without the shift a large level would swallow the deviations.
  const shift = (totals[values.length] as number) / Math.max(1, counts[values.length] as number);
  const squares = sums(values, (value) => (value - shift) ** 2);
  const between = (list: Float64Array, from: number, to: number): number =>
    (list[Math.max(0, Math.min(to, values.length))] as number) -
    (list[Math.max(0, Math.min(from, values.length))] as number);
  const mean = (from: number, to: number) => between(totals, from, to) / between(counts, from, to);
  const deviation = (from: number, to: number) => {
    const count = between(counts, from, to);
    const variance = between(squares, from, to) / count - (between(totals, from, to) / count - shift) ** 2;
    return Math.sqrt(Math.max(0, variance));
  };
  const footing = (origin: number): Footing | undefined => {
    const recent = mean(origin - window, origin);
    const base = Number.isNaN(recent) || (scale !== 'linear' && recent <= 0) ? mean(0, origin) : recent;
    if (Number.isNaN(base) || (scale !== 'linear' && base <= 0)) return undefined;
    const deviations = Math.max(deviation(origin - 3 * window, origin), leastSpread * deviation(0, origin));
    const spread = deviations > rounding * Math.abs(base) ? deviations : Math.abs(base) || 1;
    return { base, spread };
  };
  return {
    series,
    mean,
    deviation,
    zeroShare: (from, to) => between(zeros, from, to) / between(counts, from, to),
    footing,
  };
};
