import type { BacktestSummary, ItemBacktest } from '../backtest/chunk-backtests.ts';
import { combine } from '../ensemble/combine.ts';
import type { Weights } from '../ensemble/weights.ts';
import { itemWeights } from '../ensemble/weights.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';

/** What an item's mixture missed in one window. */
export interface WindowResiduals {
  readonly window: number;
  readonly forecast: Float64Array;
  /** Actual less forecast; NaN where there was no actual value. */
  readonly residuals: Float64Array;
}

export interface ItemResiduals {
  readonly scale: number;
  readonly level: number;
  /** Oldest first. */
  readonly windows: readonly WindowResiduals[];
}

/** The residuals of a mixture on an item's windows. */
export const residualsOf = ({ scale, level, windows }: ItemBacktest, weights: Weights): ItemResiduals => ({
  scale,
  level,
  windows: windows.map(({ window, actual, forecasts }) => {
    const forecast = combine(forecasts, weights, actual.length);
    return { window, forecast, residuals: actual.map((value, step) => value - (forecast[step] as number)) };
  }),
});

/** The residuals of the panel's sample, each item with the weights that it gets by itself. */
export const sampleResiduals = (summary: BacktestSummary, plan: ForecastPlan): ItemResiduals[] =>
  summary.sample.map(({ backtest }) => {
    const names = Object.keys(backtest.windows.at(-1)?.forecasts ?? {});
    return residualsOf(backtest, itemWeights(backtest, summary, plan, names));
  });
