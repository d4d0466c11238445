import { localForecasts } from '../backtest/local-forecasts.ts';
import { predictorsOf } from '../backtest/log-scale.ts';
import type { ForecastPlan, ModelName } from '../plan/forecast-plan.ts';
import type { Hyperparameters, Predictor } from '../predictors/predictor.ts';
import { meanScaledError, type TestedItem } from './search-window.ts';

/** The error of a local predictor with other hyperparameters on the window of a search; NaN where it forecasts nothing. */
export const tryLocal = (
  model: ModelName,
  candidate: Hyperparameters,
  items: readonly TestedItem[],
  plan: ForecastPlan,
  registry: Readonly<Record<string, Predictor>>,
): number => {
  const settings = { ...plan.hyperparameters, [model]: { ...plan.hyperparameters?.[model], ...candidate } };
  const predictors = predictorsOf([model], registry, settings);
  return meanScaledError(
    items,
    items.map(({ history, actual }) => localForecasts(history, predictors, actual.length, plan.seasonLengths)[model]),
  );
};
