import type { ForecastPlan, ModelName } from '../plan/forecast-plan.ts';

type Errors = Readonly<Record<ModelName, number>>;

/**
 * Mean logarithms of models' errors relative to those of the models beside them, on hold-outs of 36 real collections:
 * where the panel has a season, and where it has none. Two halves of the collections agree on them to 0.15.
 */
const seasonal: Errors = {
  mstl: -0.6,
  'mstl-theta': -0.6,
  ces: -0.5,
  ets: -0.5,
  'holt-winters': -0.5,
  arima: -0.5,
  theta: -0.48,
  'auto-theta': -0.48,
  'boosted-trees': -0.46,
  'seasonal-naive': -0.3,
  naive: 0,
  drift: 0,
  croston: 0.2,
  'croston-sba': 0.2,
  'historic-mean': 0.5,
};

const without: Errors = {
  ces: -0.44,
  theta: -0.44,
  'auto-theta': -0.44,
  drift: -0.44,
  naive: -0.4,
  'seasonal-naive': -0.4,
  arima: -0.4,
  ets: -0.35,
  'holt-winters': -0.35,
  'boosted-trees': -0.23,
  croston: 0.25,
  'croston-sba': 0.25,
  'historic-mean': 0.5,
};

/** Of models that those collections say nothing of. */
const unknown = -0.3;

/**
 * What is expected of a model before anything of the panel is seen, as the logarithm of its error relative to that of
 * others. All are alike for demand with many zeros, of which those collections had none; a plan has `tsb` for it.
 */
export const priorError = (name: ModelName, { predictors, seasonLengths }: ForecastPlan): number => {
  if (predictors.includes('tsb')) return 0;
  return (seasonLengths.length > 0 ? seasonal : without)[name.replace(/^log-/, '')] ?? unknown;
};
