export type {
  BacktestSummary,
  ChunkBacktests,
  ItemBacktest,
  SampledItem,
  WindowMembers,
} from './backtest/chunk-backtests.ts';
export type { Frequency, Unit } from './frequency/frequency.ts';
export { type ErrorTotals, type EvaluatedForecast, errorsOf, mergeErrors, noErrors } from './metrics/error-totals.ts';
export { type ForecastMetrics, metricsOf } from './metrics/forecast-metrics.ts';
export { type IntervalPair, widestPair } from './metrics/interval-pair.ts';
export { seasonalScale } from './metrics/seasonal-scale.ts';
export type { PanelProblem, PanelProblemCode } from './panel/panel-problem.ts';
export type { DuplicatePolicy, GapPolicy, RawColumn, RawRows, RegulariseOptions } from './panel/raw-rows.ts';
export type { PanelChunk, PanelColumn, PanelSchema, Series } from './panel/series.ts';
export type { BoostedTreesOptions, ForecastPlan, ForecastRequest, ModelName } from './plan/forecast-plan.ts';
export { type DemandPattern, type DemandProfile, demandProfile } from './predictors/intermittent/demand-pattern.ts';
export type { Predictor, PredictorOptions } from './predictors/predictor.ts';
export { predictors } from './predictors/predictors.ts';
export type { ForecastRule, ItemForecast, WindowForecast, WindowMetrics } from './result/item-forecast.ts';
