export { backtestChunk } from './backtest/backtest-chunk.ts';
export type {
  BacktestSummary,
  ChunkBacktests,
  ItemBacktest,
  SampledItem,
  WindowMembers,
} from './backtest/chunk-backtests.ts';
export { baseline } from './backtest/local-forecasts.ts';
export { mergeSummaries, summariseBacktests } from './backtest/summarise-backtests.ts';
export {
  decodeBacktests,
  decodeChunk,
  decodeForecasts,
  decodeGlobalModel,
  decodeSummary,
  encodeBacktests,
  encodeChunk,
  encodeForecasts,
  encodeGlobalModel,
  encodeSummary,
} from './chunk/codecs.ts';
export {
  chunkKey,
  type ForecasterIndex,
  mayHold,
  nameRange,
  type PanelIndex,
  type StoredChunk,
} from './exchange/panel-index.ts';
export { forecastPanel, type PanelForecast } from './forecast-panel.ts';
export { type CalendarFields, calendarOf } from './frequency/calendar.ts';
export type { Frequency, Unit } from './frequency/frequency.ts';
export {
  describeFrequency,
  type FrequencyAnswer,
  type FrequencyQuestion,
  resolveFrequency,
} from './frequency/infer-frequency.ts';
export { type ItemFrequency, mixedFrequencies } from './frequency/mixed-frequencies.ts';
export { parseFrequency } from './frequency/parse-frequency.ts';
export { type PeriodClock, periodClock } from './frequency/period.ts';
export { calendarSeasons } from './frequency/season-lengths.ts';
export { instantsOfLocal, zoneOffset } from './frequency/zone-clock.ts';
export type { FeatureLayout } from './global/feature-layout.ts';
export { fitBoostedTrees, type GlobalModel } from './global/global-model.ts';
export { drawTrainingRows, planFeatures, type TrainingRows, trainingShare } from './global/training-rows.ts';
export { type ErrorTotals, type EvaluatedForecast, errorsOf, mergeErrors, noErrors } from './metrics/error-totals.ts';
export { type ForecastMetrics, metricsOf } from './metrics/forecast-metrics.ts';
export { type IntervalPair, widestPair } from './metrics/interval-pair.ts';
export { seasonalScale } from './metrics/seasonal-scale.ts';
export { describeColumns, mergeColumns } from './panel/encode-columns.ts';
export { fillGaps } from './panel/fill-gaps.ts';
export { noteOfProblem } from './panel/note-of-problem.ts';
export type { PanelProblem, PanelProblemCode } from './panel/panel-problem.ts';
export { mergeProblems } from './panel/problem-list.ts';
export type { DuplicatePolicy, GapPolicy, RawColumn, RawRows, RegulariseOptions } from './panel/raw-rows.ts';
export { type Regularised, regularise } from './panel/regularise.ts';
export type { PanelChunk, PanelColumn, PanelSchema, Series } from './panel/series.ts';
export type { BoostedTreesOptions, ForecastPlan, ForecastRequest, ModelName } from './plan/forecast-plan.ts';
export { baselineName, boostedTreesName } from './plan/model-names.ts';
export { globalWindows, reportedWindows, sharedWindows } from './plan/model-windows.ts';
export { type ItemFacts, lastPeriodOf, mergeFacts, type PanelFacts, panelFacts } from './plan/panel-facts.ts';
export { type PlannedForecast, planForecast } from './plan/plan-forecast.ts';
export { latestWindows, windowCount } from './plan/windows.ts';
export { type AlgorithmMapping, amazonAlgorithm, amazonForecastNames } from './predictors/amazon-forecast-names.ts';
export { type DemandPattern, type DemandProfile, demandProfile } from './predictors/intermittent/demand-pattern.ts';
export type { Hyperparameters, Predictor, PredictorOptions } from './predictors/predictor.ts';
export { predictors } from './predictors/predictors.ts';
export { type MemberQuantiles, memberQuantiles } from './quantiles/member-quantiles.ts';
export { forecastChunk } from './result/forecast-chunk.ts';
export type { ForecastRule, ItemForecast, WindowForecast, WindowMetrics } from './result/item-forecast.ts';
export { maseScale } from './result/window-metrics.ts';
export {
  type FoundByModel,
  type FoundHyperparameters,
  hyperparametersIn,
  searchHyperparameters,
} from './search/search-hyperparameters.ts';
export { searchedHyperparameters } from './search/search-space.ts';
export { tunedPlan } from './search/tuned-plan.ts';
