import { globalForecasts } from '../global/global-forecasts.ts';
import { fitBoostedTrees } from '../global/global-model.ts';
import { drawTrainingRows, planFeatures, type TrainingRows, trainingShare } from '../global/training-rows.ts';
import type { PanelChunk, PanelSchema } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { boostedTreesName } from '../plan/model-names.ts';
import type { PanelFacts } from '../plan/panel-facts.ts';
import { searchWindowOf } from '../plan/search-window.ts';
import type { Hyperparameters } from '../predictors/predictor.ts';
import { meanScaledError, type TestedItem } from './search-window.ts';
import { tunedPlan } from './tuned-plan.ts';

/** Rows that a candidate learns from: enough to tell candidates apart. */
const rowsOfTry = 20_000;

/** Boosted trees with several hyperparameters, learned from the same rows. */
export interface TreeTries {
  /** Takes the rows of a chunk, once for each number of lags that is tried. */
  readonly add: (chunk: PanelChunk) => void;
  /** Fits one candidate after the other; by candidate its error, NaN where there is too little to learn from. */
  readonly errors: (schema: PanelSchema, items: readonly TestedItem[]) => Promise<number[]>;
}

export const tryTrees = (plan: ForecastPlan, facts: PanelFacts, candidates: readonly Hyperparameters[]): TreeTries => {
  const plans = candidates.map((candidate) => smaller(tunedPlan(plan, { [boostedTreesName]: candidate })));
  const window = searchWindowOf(plan);
  const parts = new Map<number | undefined, TrainingRows[]>();
  return {
    add: (chunk) => {
      for (const lags of new Set(plans.map(({ boostedTrees }) => boostedTrees?.lags))) {
        const one = plans.find(({ boostedTrees }) => boostedTrees?.lags === lags) ?? plan;
        const layout = planFeatures(chunk.schema, one, facts);
        const rows = drawTrainingRows(chunk, one, layout, window, trainingShare(facts, one));
        parts.set(lags, [...(parts.get(lags) ?? []), rows]);
      }
    },
    errors: async (schema, items) => {
      const errors: number[] = [];
      for (const one of plans) {
        const model = await fitBoostedTrees(parts.get(one.boostedTrees?.lags) ?? [], one);
        const series = items.map((item) => item.series);
        const origins = items.map(({ origin }) => origin);
        const forecasts = model && globalForecasts(model, schema, series, one, origins);
        errors.push(forecasts === undefined ? Number.NaN : meanScaledError(items, forecasts));
      }
      return errors;
    },
  };
};

const smaller = (plan: ForecastPlan): ForecastPlan =>
  plan.boostedTrees === undefined
    ? plan
    : { ...plan, boostedTrees: { ...plan.boostedTrees, maxRows: Math.min(rowsOfTry, plan.boostedTrees.maxRows) } };
