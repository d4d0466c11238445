import type { BacktestSummary, ItemBacktest, WindowMembers } from '../backtest/chunk-backtests.ts';
import type { ForecastPlan, ModelName } from '../plan/forecast-plan.ts';
import { pooledQuantiles, quickQuantiles } from './item-quantiles.ts';
import { before, poolResiduals, type ResidualPool } from './residual-pool.ts';
import { type ItemResiduals, residualsOf } from './residuals.ts';

/** Quantiles of one model's forecast in a window of an item, by level of the plan; empty without earlier windows of it. */
export type MemberQuantiles = (
  model: ModelName,
  backtest: ItemBacktest,
  window: WindowMembers,
  isNonNegative: boolean,
) => readonly Float64Array[];

/** What a model by itself missed in the windows that it has. */
const residualsOfModel = (backtest: ItemBacktest, model: ModelName): ItemResiduals =>
  residualsOf(
    { ...backtest, windows: backtest.windows.filter(({ forecasts }) => forecasts[model] !== undefined) },
    { [model]: 1 },
  );

/**
 * Quantiles of each model's backtests as the mixture has them: from what that model missed in earlier windows, of all
 * items and of this one. Pools are made when they are first asked for, and kept.
 */
export const memberQuantiles = (plan: ForecastPlan, summary: BacktestSummary): MemberQuantiles => {
  const samples = new Map<ModelName, readonly ItemResiduals[]>();
  const sampleOf = (model: ModelName): readonly ItemResiduals[] => {
    const found = samples.get(model) ?? summary.sample.map(({ backtest }) => residualsOfModel(backtest, model));
    samples.set(model, found);
    return found;
  };
  const pools = new Map<string, { readonly pool: ResidualPool; readonly pooled: readonly number[] }>();
  const poolOf = (model: ModelName, window: number) => {
    const key = `${window}/${model}`;
    const known = pools.get(key);
    if (known !== undefined) return known;
    const pool = poolResiduals(
      sampleOf(model).map((item) => before(item, window, plan.windowStep)),
      plan.horizon,
    );
    const found = { pool, pooled: pooledQuantiles(pool, plan.quantiles) };
    pools.set(key, found);
    return found;
  };
  return (model, backtest, { window, forecasts }, isNonNegative) => {
    const forecast = forecasts[model];
    const { pool, pooled } = poolOf(model, window);
    if (forecast === undefined || pool.windows === 0) return [];
    const own = before(residualsOfModel(backtest, model), window, plan.windowStep);
    return quickQuantiles(forecast, own, pool, pooled, isNonNegative);
  };
};
