import type { ErrorTotals } from './error-totals.ts';

/** Measures of one forecast or of many; NaN where there is nothing to divide by. */
export interface ForecastMetrics {
  /** Root mean squared error, in the target's unit. */
  readonly rmse: number;
  /** Mean of |error| / |actual| over the periods whose actual value is not 0. */
  readonly mape: number;
  /** Mean of |error| / (|actual| + |forecast|), 0 where both are 0: between 0 and 1. */
  readonly smape: number;
  /** Sum of |error| over sum of |actual|. */
  readonly wape: number;
  /** Mean absolute error in units of the seasonal naive's within the history; of many forecasts the mean of theirs. */
  readonly mase: number;
  /** Share of actual values within the widest central interval, bounds included. */
  readonly coverage: number;
  /** By level: twice the pinball loss over the sum of |actual|, as Amazon Forecast has it. */
  readonly weightedQuantileLosses: readonly number[];
  /** Their mean. */
  readonly meanWeightedQuantileLoss: number;
}

const ratio = (numerator: number, denominator: number): number =>
  denominator > 0 ? numerator / denominator : Number.NaN;

/** The measures that the sums amount to; definitions are utilsforecast's. */
export const metricsOf = (totals: ErrorTotals): ForecastMetrics => {
  const weightedQuantileLosses = totals.quantileLosses.map((loss) => ratio(2 * loss, totals.quantileActual));
  return {
    rmse: Math.sqrt(ratio(totals.squaredError, totals.periods)),
    mape: ratio(totals.percentageError, totals.percentagePeriods),
    smape: ratio(totals.symmetricPercentageError, totals.periods),
    wape: ratio(totals.absoluteError, totals.absoluteActual),
    mase: ratio(totals.scaledError, totals.scaledForecasts),
    coverage: ratio(totals.covered, totals.coverablePeriods),
    weightedQuantileLosses,
    meanWeightedQuantileLoss: ratio(
      weightedQuantileLosses.reduce((sum, loss) => sum + loss, 0),
      weightedQuantileLosses.length,
    ),
  };
};
