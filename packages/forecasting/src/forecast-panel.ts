import { backtestChunk } from './backtest/backtest-chunk.ts';
import type { ChunkBacktests } from './backtest/chunk-backtests.ts';
import { mergeSummaries, summariseBacktests } from './backtest/summarise-backtests.ts';
import { fitBoostedTrees, type GlobalModel } from './global/global-model.ts';
import { drawTrainingRows, planFeatures, trainingShare } from './global/training-rows.ts';
import type { PanelProblem } from './panel/panel-problem.ts';
import type { PanelChunk } from './panel/series.ts';
import type { ForecastPlan, ForecastRequest } from './plan/forecast-plan.ts';
import { globalWindows } from './plan/model-windows.ts';
import { lastPeriodOf, mergeFacts, type PanelFacts, panelFacts } from './plan/panel-facts.ts';
import { planForecast } from './plan/plan-forecast.ts';
import type { Predictor } from './predictors/predictor.ts';
import { predictors } from './predictors/predictors.ts';
import { forecastChunk } from './result/forecast-chunk.ts';
import type { ItemForecast } from './result/item-forecast.ts';
import { type FoundByModel, hyperparametersIn, searchHyperparameters } from './search/search-hyperparameters.ts';
import { tunedPlan } from './search/tuned-plan.ts';

export interface PanelForecast {
  readonly plan: ForecastPlan;
  readonly problems: readonly PanelProblem[];
  /** What was searched for, by model. */
  readonly found: FoundByModel;
  /** By chunk. */
  readonly backtests: readonly ChunkBacktests[];
  readonly forecasts: readonly ItemForecast[];
}

const fitWindow = (
  chunks: readonly PanelChunk[],
  plan: ForecastPlan,
  facts: PanelFacts,
  window: number | 'final',
): Promise<GlobalModel | undefined> => {
  const [first] = chunks;
  if (plan.boostedTrees === undefined || first === undefined) return Promise.resolve(undefined);
  const layout = planFeatures(first.schema, plan, facts);
  const share = trainingShare(facts, plan);
  return fitBoostedTrees(
    chunks.map((chunk) => drawTrainingRows(chunk, plan, layout, window, share)),
    plan,
  );
};

/**
 * All steps of a forecast one after the other, in memory: what a pipeline does in messages.
 *
 * @param chunks at least one, of one schema
 * @param registry local predictors by name
 * @throws RangeError as `planForecast` does
 */
export const forecastPanel = async (
  chunks: readonly PanelChunk[],
  request: ForecastRequest,
  registry: Readonly<Record<string, Predictor>> = predictors,
): Promise<PanelForecast> => {
  const [first] = chunks;
  if (first === undefined) throw new RangeError('A panel has at least one chunk.');
  const { schema } = first;
  const lastPeriod = lastPeriodOf(chunks.flatMap(({ series }) => series));
  const facts = mergeFacts(chunks.map(({ series }) => panelFacts(series, schema, request, lastPeriod)));
  const { plan: asked, problems } = planForecast(request, schema, facts, Object.keys(registry));
  const found = await searchHyperparameters(chunks, asked, facts, registry);
  const plan = tunedPlan(asked, hyperparametersIn(found));
  const windowModels: (GlobalModel | undefined)[] = [];
  for (const window of globalWindows(plan)) windowModels[window] = await fitWindow(chunks, plan, facts, window);
  const final = await fitWindow(chunks, plan, facts, 'final');
  const backtests = chunks.map((chunk) => backtestChunk(chunk, plan, windowModels, registry));
  const summary = mergeSummaries(backtests.map((one) => summariseBacktests(one, plan)));
  const forecasts = chunks.flatMap((chunk, i) => {
    const own = backtests[i];
    return own === undefined ? [] : forecastChunk(chunk, plan, final, own, summary, registry);
  });
  return { plan, problems, found, backtests, forecasts };
};
