import type { BacktestSummary } from './chunk-backtests.ts';

const medianOf = (values: readonly number[]): number | undefined =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * By what the errors of an item are measured that never was anything but 0: the panel's usual scale and level, so that
 * its quantiles are in the panel's unit. 1 where no item was backtested.
 */
export const typicalSize = ({ sample }: BacktestSummary): { scale: number; level: number } => ({
  scale: medianOf(sample.map(({ backtest }) => backtest.scale)) ?? 1,
  level: medianOf(sample.map(({ backtest }) => backtest.level)) ?? 1,
});
