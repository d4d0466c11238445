import { globalForecasts } from '../global/global-forecasts.ts';
import type { GlobalModel } from '../global/global-model.ts';
import { interpolate } from '../panel/fill-gaps.ts';
import type { PanelChunk, Series } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { baselineName, boostedTreesName } from '../plan/model-names.ts';
import { reportedWindows } from '../plan/model-windows.ts';
import { windowPlaces } from '../plan/windows.ts';
import type { Predictor } from '../predictors/predictor.ts';
import { predictors as allPredictors } from '../predictors/predictors.ts';
import type { ChunkBacktests, ItemBacktest, WindowMembers } from './chunk-backtests.ts';
import { baseline, localForecasts } from './local-forecasts.ts';
import { predictorsOf } from './log-scale.ts';
import { type ClockAhead, clockAhead } from './wall-clock.ts';

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Smaller sizes are the rounding of zeros: errors divided by them would be infinite. */
const leastSize = 1e-100;

/**
 * By what an item's errors are measured: mean absolute error of the in-sample seasonal naive (the scale of MASE).
 *
 * @param values finite, at least one
 * @returns zeros where all values are 0
 */
export const scaleOf = (values: Float64Array, seasonLengths: readonly number[]): { scale: number; level: number } => {
  const season = seasonLengths.find((length) => values.length >= length + 2) ?? 1;
  const differences = values
    .subarray(Math.min(season, values.length - 1))
    .map((value, i) => Math.abs(value - (values[i] as number)));
  const sized = (size: number, otherwise: number) => (size > leastSize ? size : otherwise);
  const level = sized(meanOf(values.map(Math.abs)), 0);
  return { scale: values.length > 1 ? sized(meanOf(differences), level) : level, level };
};

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);

const backtestItem = (
  series: Series,
  plan: ForecastPlan,
  predictors: readonly Predictor[],
  ofTrees: (window: number) => Float64Array | undefined,
  ahead: ClockAhead | undefined,
): ItemBacktest => {
  const { item, values } = series;
  const clock = ahead && { first: series.first, ahead };
  const places = windowPlaces(series, plan);
  const before = interpolate(values.subarray(0, places[0]?.origin ?? values.length));
  const { scale, level } =
    before.length === 0 || Number.isNaN(before[0]) ? { scale: 0, level: 0 } : scaleOf(before, plan.seasonLengths);
  const windows = places.flatMap(({ window, origin, length }, place): WindowMembers[] => {
    const history = interpolate(values.subarray(0, origin));
    const actual = values.slice(origin, origin + length);
    if (Number.isNaN(history[0]) || actual.every(Number.isNaN)) return [];
    const age = places.length - place;
    const asked = predictors.filter(({ name }) => age <= reportedWindows(plan, name) + plan.calibrationWindows);
    const forecasts = isConstant(history) ? {} : localForecasts(history, asked, length, plan.seasonLengths, clock);
    forecasts[baselineName] = baseline(history, length, plan.seasonLengths);
    const trees = ofTrees(window)?.subarray(0, length);
    if (trees !== undefined) forecasts[boostedTreesName] = trees;
    return [{ window, origin, actual, forecasts }];
  });
  return { item, scale, level, windows };
};

/**
 * Forecasts the windows of a chunk's items with every model of the plan, each from the values before its origin alone.
 *
 * @param globalModels by window, oldest first, learned from what came before that window; undefined where there is none
 * @param registry local predictors by name
 */
export const backtestChunk = (
  { schema, series }: PanelChunk,
  plan: ForecastPlan,
  globalModels: readonly (GlobalModel | undefined)[],
  registry: Readonly<Record<string, Predictor>> = allPredictors,
): ChunkBacktests => {
  const predictors = predictorsOf(plan.predictors, registry, plan.hyperparameters);
  const trees = globalModels.map((model, window) =>
    model === undefined
      ? []
      : globalForecasts(
          model,
          schema,
          series,
          plan,
          series.map((one) => windowPlaces(one, plan).find((place) => place.window === window)?.origin),
        ),
  );
  const ahead = clockAhead(schema.frequency);
  return {
    items: series.map((one, i) => backtestItem(one, plan, predictors, (window) => trees[window]?.[i], ahead)),
  };
};
