import type { ForecastPlan, ModelName } from '../plan/forecast-plan.ts';
import { boostedTreesName } from '../plan/model-names.ts';
import type { Hyperparameters } from '../predictors/predictor.ts';

/** A plan with hyperparameters that were found, by model. What fits and forecasts follows this one. */
export const tunedPlan = (plan: ForecastPlan, found: Readonly<Record<ModelName, Hyperparameters>>): ForecastPlan => {
  const { [boostedTreesName]: trees, ...local } = found;
  const hyperparameters = Object.fromEntries(
    [...new Set([...Object.keys(plan.hyperparameters ?? {}), ...Object.keys(local)])].map((model) => [
      model,
      { ...plan.hyperparameters?.[model], ...local[model] },
    ]),
  );
  return {
    ...plan,
    ...(Object.keys(hyperparameters).length === 0 ? {} : { hyperparameters }),
    ...(plan.boostedTrees === undefined ? {} : { boostedTrees: { ...plan.boostedTrees, ...trees } }),
  };
};
