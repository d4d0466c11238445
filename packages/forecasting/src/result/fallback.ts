import type { BacktestSummary } from '../backtest/chunk-backtests.ts';
import { quantileOf, weightedSample } from '../quantiles/weighted-quantiles.ts';
import type { ForecastRule } from './item-forecast.ts';

export interface Fallback {
  readonly rule: ForecastRule;
  readonly mean: Float64Array;
  readonly quantiles: readonly Float64Array[];
}

const flat = (rule: ForecastRule, value: number, horizon: number, levels: readonly number[]): Fallback => ({
  rule,
  mean: new Float64Array(horizon).fill(value),
  quantiles: levels.map(() => new Float64Array(horizon).fill(value)),
});

/** Levels of the panel's items: what a new item may sell. */
const newcomer = (summary: BacktestSummary, horizon: number, levels: readonly number[]): Fallback => {
  const known = Float64Array.from(summary.sample, ({ backtest }) => backtest.level);
  const sample = weightedSample(known, new Float64Array(known.length).fill(1));
  return {
    rule: 'no-history',
    mean: new Float64Array(horizon).fill(quantileOf(sample, 0.5)),
    quantiles: levels.map((level) => new Float64Array(horizon).fill(quantileOf(sample, level))),
  };
};

/**
 * The forecast of items that no model is asked for: without any value the levels of the panel's other items (their
 * median, and their quantiles), always 0 or always the same that value.
 *
 * @param known the values that are not missing
 * @returns undefined for all other items
 */
export const fallback = (
  known: Float64Array,
  summary: BacktestSummary,
  horizon: number,
  levels: readonly number[],
): Fallback | undefined => {
  const [first] = known;
  if (first === undefined) return newcomer(summary, horizon, levels);
  if (known.length < 2 || known.some((value) => value !== first)) return undefined;
  return flat(first === 0 ? 'all-zero' : 'constant', first, horizon, levels);
};
