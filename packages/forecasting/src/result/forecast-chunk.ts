import { scaleOf } from '../backtest/backtest-chunk.ts';
import type { BacktestSummary, ChunkBacktests, ItemBacktest, WindowMembers } from '../backtest/chunk-backtests.ts';
import { baseline, localForecasts } from '../backtest/local-forecasts.ts';
import { predictorsOf } from '../backtest/log-scale.ts';
import { typicalSize } from '../backtest/typical-size.ts';
import { type ClockAhead, clockAhead } from '../backtest/wall-clock.ts';
import { combine } from '../ensemble/combine.ts';
import { meanAbsoluteError } from '../ensemble/member-errors.ts';
import { itemWeights, type Weights } from '../ensemble/weights.ts';
import { globalForecasts } from '../global/global-forecasts.ts';
import type { GlobalModel } from '../global/global-model.ts';
import { interpolate } from '../panel/fill-gaps.ts';
import type { PanelChunk, Series } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { baselineName, boostedTreesName } from '../plan/model-names.ts';
import { comparedWindows, reportedWindows, sharedWindows } from '../plan/model-windows.ts';
import { latestWindows } from '../plan/windows.ts';
import type { Predictor } from '../predictors/predictor.ts';
import { predictors as allPredictors } from '../predictors/predictors.ts';
import { itemQuantiles } from '../quantiles/item-quantiles.ts';
import { before, poolResiduals, type ResidualPool } from '../quantiles/residual-pool.ts';
import { type ItemResiduals, residualsOf, sampleResiduals } from '../quantiles/residuals.ts';
import { fallback } from './fallback.ts';
import type { ForecastRule, ItemForecast, WindowForecast } from './item-forecast.ts';
import { maseScale, windowMetrics } from './window-metrics.ts';

/** The residuals that were known before a window; of `Infinity`, all. */
type Pools = (window: number) => ResidualPool;

const poolsOf = (summary: BacktestSummary, plan: ForecastPlan): Pools => {
  const sample = sampleResiduals(summary, plan);
  const pools = new Map<number, ResidualPool>();
  return (window) => {
    const known = pools.get(window);
    if (known !== undefined) return known;
    const items = sample.map((item) => before(item, window, plan.windowStep));
    const pool = poolResiduals(items, plan.horizon);
    pools.set(window, pool);
    return pool;
  };
};

interface Context {
  readonly plan: ForecastPlan;
  readonly predictors: readonly Predictor[];
  readonly summary: BacktestSummary;
  readonly pools: Pools;
  /** Where a season of a day would slip with the zone's clocks. */
  readonly ahead: ClockAhead | undefined;
}

const knownValues = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value));

const membersOf = (
  history: Float64Array,
  first: number,
  trees: Float64Array | undefined,
  { plan, predictors, ahead }: Context,
) => {
  const clock = ahead && { first, ahead };
  const members = localForecasts(history, predictors, plan.horizon, plan.seasonLengths, clock);
  members[baselineName] = baseline(history, plan.horizon, plan.seasonLengths);
  if (trees !== undefined) members[boostedTreesName] = trees;
  return members;
};

const reportWindow = (
  series: Series,
  { window, origin, actual, forecasts }: WindowMembers,
  weights: Weights,
  residuals: ItemResiduals,
  { plan, pools }: Context,
): WindowForecast => {
  const history = series.values.subarray(0, origin);
  const isNonNegative = !history.some((value) => value < 0);
  const mixed = combine(forecasts, weights, actual.length);
  const mean = isNonNegative ? mixed.map((value) => Math.max(0, value)) : mixed;
  const pool = pools(window);
  const own = before(residuals, window, plan.windowStep);
  const quantiles = pool.windows === 0 ? [] : itemQuantiles(mean, own, pool, plan.quantiles, isNonNegative);
  const scale = maseScale(history, plan.seasonLengths);
  const metrics = windowMetrics(actual, mean, quantiles, scale);
  return { first: series.first + origin, actual, mean, quantiles, metrics, scale };
};

/** Mean absolute scaled error by model over the reported windows that it has. */
const errorsOf = (series: Series, windows: readonly WindowMembers[], plan: ForecastPlan): Record<string, number> => {
  const found: Record<string, number[]> = {};
  for (const [place, { origin, actual, forecasts }] of windows.entries()) {
    const scale = maseScale(series.values.subarray(0, origin), plan.seasonLengths);
    for (const [name, forecast] of Object.entries(forecasts)) {
      if (windows.length - place > reportedWindows(plan, name)) continue;
      const error = meanAbsoluteError(actual, forecast) / scale;
      if (Number.isFinite(error)) found[name] = [...(found[name] ?? []), error];
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, errors]) => [name, errors.reduce((sum, one) => sum + one, 0) / errors.length]),
  );
};

const ruleOf = (known: number, windows: number, plan: ForecastPlan): ForecastRule => {
  if (known < 2) return 'one-value';
  if (windows === 0) return 'short-history';
  return plan.combine === 'best' ? 'best-model' : 'ensemble';
};

const forecastItem = (
  series: Series,
  backtest: ItemBacktest,
  trees: Float64Array | undefined,
  context: Context,
): ItemForecast => {
  const { plan, summary, pools } = context;
  const known = knownValues(series.values);
  const first = series.first + series.values.length;
  const simple = fallback(known, summary, plan.horizon, plan.quantiles);
  if (simple !== undefined) return { item: series.item, first, ...simple, weights: {}, errors: {}, windows: [] };

  const history = interpolate(series.values);
  const members = membersOf(history, series.first, trees, context);
  const weights = itemWeights(backtest, summary, plan, Object.keys(members));
  const isNonNegative = !known.some((value) => value < 0);
  const mixed = combine(members, weights, plan.horizon);
  const mean = isNonNegative ? mixed.map((value) => Math.max(0, value)) : mixed;
  const own = residualsOf({ ...backtest, windows: comparedWindows(backtest.windows, plan) }, weights);
  const size = history.some((value) => value !== 0) ? scaleOf(history, plan.seasonLengths) : typicalSize(summary);
  const residuals = own.windows.length > 0 ? own : { ...size, windows: [] };
  const reported = latestWindows(backtest.windows, plan.windows);
  return {
    item: series.item,
    rule: ruleOf(known.length, backtest.windows.length, plan),
    first,
    mean,
    quantiles: itemQuantiles(mean, residuals, pools(Number.POSITIVE_INFINITY), plan.quantiles, isNonNegative),
    weights,
    errors: errorsOf(series, reported, plan),
    windows: latestWindows(reported, sharedWindows(plan)).map((window) =>
      reportWindow(series, window, weights, own, context),
    ),
  };
};

/**
 * The final forecasts of a chunk: each item's models from its whole history, mixed by their backtests, with quantiles
 * from the residuals of those; and how the mixture would have done in the reported windows.
 *
 * @param globalModel learned from all values; undefined without one
 * @param backtests of the same chunk
 * @param summary of the backtests of all chunks
 * @param registry local predictors by name
 */
export const forecastChunk = (
  { schema, series }: PanelChunk,
  plan: ForecastPlan,
  globalModel: GlobalModel | undefined,
  backtests: ChunkBacktests,
  summary: BacktestSummary,
  registry: Readonly<Record<string, Predictor>> = allPredictors,
): ItemForecast[] => {
  const context = {
    plan,
    predictors: predictorsOf(plan.predictors, registry, plan.hyperparameters),
    summary,
    pools: poolsOf(summary, plan),
    ahead: clockAhead(schema.frequency),
  };
  const lengths = series.map(({ values }) => values.length);
  const trees = globalModel && globalForecasts(globalModel, schema, series, plan, lengths);
  return series.map((one, i) => forecastItem(one, backtests.items[i] as ItemBacktest, trees?.[i], context));
};
