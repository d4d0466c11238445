import { type Intervals, leastPercent, mostPercent, type Spread, spreadAt } from './intervals.ts';
import type { Manifest } from './manifest.ts';

/** Rows of a regression with what was predicted for each by a model that was not fitted on it. */
export interface ScoredRows {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

export interface UnseenRows {
  /** by this model: no row that it learned from, or that it was chosen by */
  readonly held: ScoredRows;
  /** by the models of the folds: only says how the spread depends on the prediction */
  readonly validated?: ScoredRows | undefined;
  /** whether no row of the table has a target below zero */
  readonly nonNegative: boolean;
}

const mostPoints = 10;
const leastRowsAPoint = 50;
/** Of the mean spread: where the folds happened to be exact, the model may still be off. */
const leastSpread = 0.05;

const scoresAndResiduals = ({ truth, predicted }: ScoredRows, logTransformed: boolean) => {
  const toScore = (values: Float64Array) => (logTransformed ? values.map(Math.log1p) : values);
  const scores = toScore(predicted);
  const actual = toScore(truth);
  return { scores, residuals: actual.map((value, row) => value - (scores[row] as number)) };
};

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

/** Mean absolute residual of rows of like predictions. */
const fitSpread = (rows: ScoredRows | undefined, logTransformed: boolean): Spread => {
  const level: Spread = { at: [0], size: [1] };
  if (rows === undefined) return level;
  const { scores, residuals } = scoresAndResiduals(rows, logTransformed);
  const order = Int32Array.from(scores.keys())
    .filter((row) => Number.isFinite(scores[row]) && Number.isFinite(residuals[row]))
    .sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const sizes = (part: Int32Array) => Float64Array.from(part, (row) => Math.abs(residuals[row] as number));
  const least = leastSpread * mean(sizes(order));
  if (!(least > 0 && Number.isFinite(least))) return level;
  const points = Math.max(1, Math.min(mostPoints, Math.floor(order.length / leastRowsAPoint)));
  const parts = Array.from({ length: points }, (_, i) =>
    order.subarray(Math.floor((i * order.length) / points), Math.floor(((i + 1) * order.length) / points)),
  );
  const spread = parts.map((part) => ({
    at: mean(Float64Array.from(part, (row) => scores[row] as number)),
    size: Math.max(least, mean(sizes(part))),
  }));
  // A model that predicts few different values has them in several parts.
  const ascending = spread.filter(({ at }, i) => i === 0 || at > (spread[i - 1]?.at ?? at));
  return { at: ascending.map(({ at }) => at), size: ascending.map(({ size }) => size) };
};

/**
 * The offsets at one coverage: of the n residuals and the one to come each order is equally likely, so the k-th from
 * either end leaves out at most 2k/(n+1). Too few rows for two ends have one end by their size.
 */
const offsetsAt = (percent: number, residuals: Float64Array, sizes: Float64Array): [number, number] | undefined => {
  const n = residuals.length;
  const k = Math.floor(((n + 1) * (100 - percent)) / 200);
  if (k >= 1) return [Math.min(0, residuals[k - 1] as number), Math.max(0, residuals[n - k] as number)];
  const rank = Math.ceil(((n + 1) * percent) / 100);
  return rank > n ? undefined : [-(sizes[rank - 1] as number), sizes[rank - 1] as number];
};

/**
 * Learns the intervals of a regression by split conformal prediction (Vovk et al. 2005; Lei et al. 2018, with residuals
 * divided by their spread): whatever the model and the distribution, of rows exchangeable with the held-out ones at
 * least the asked share lies within, on average over hold-outs.
 *
 * Residuals are taken on the scale of scores, so that a model of the logarithm has intervals in proportion to its
 * predictions. The spread comes from other rows than the offsets, else the share would not hold.
 *
 * @returns undefined for a classification, and when fewer than one row, or infinite residuals, are all there is
 */
export const fitIntervals = (
  { target }: Pick<Manifest, 'target'>,
  { held, validated, nonNegative }: UnseenRows,
): Intervals | undefined => {
  if (target.labels !== undefined) return undefined;
  const spread = fitSpread(validated, target.logTransformed);
  const { scores, residuals } = scoresAndResiduals(held, target.logTransformed);
  const units = residuals.map((residual, row) => residual / spreadAt(spread, scores[row] as number)).sort();
  const sizes = units.map(Math.abs).sort();
  const offsets: Intervals['offsets'] = {};
  let [down, up] = [0, 0];
  for (let percent = leastPercent; percent <= mostPercent; percent++) {
    const own = offsetsAt(percent, units, sizes);
    if (own === undefined || !own.every(Number.isFinite)) continue;
    [down, up] = [Math.min(down, own[0]), Math.max(up, own[1])];
    offsets[percent] = [down, up];
  }
  return Object.keys(offsets).length === 0 ? undefined : { rows: units.length, nonNegative, spread, offsets };
};
