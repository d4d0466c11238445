import { type ErrorTotals, metricsOf } from '@bellwether/forecasting';

/** Measures under the names that Amazon Forecast's users know; those that are not defined are left out. */
export function namedMetrics(totals: ErrorTotals): Record<string, number> {
  const metrics = metricsOf(totals);
  const named = {
    WAPE: metrics.wape,
    RMSE: metrics.rmse,
    MAPE: metrics.mape,
    MASE: metrics.mase,
    wQL: metrics.meanWeightedQuantileLoss,
    ...Object.fromEntries(
      totals.levels.map((level, index) => [`wQL[${level}]`, metrics.weightedQuantileLosses[index] ?? Number.NaN]),
    ),
    [coverageName(totals.levels)]: metrics.coverage,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => Number.isFinite(value)));
}

/** `coverage[0.8]`: the share of the interval between the lowest and the highest quantile. */
function coverageName(levels: readonly number[]): string {
  const share = (levels.at(-1) ?? 0) - (levels[0] ?? 0);
  return `coverage[${Number(share.toFixed(6))}]`;
}
