import { widestPair } from './interval-pair.ts';

/** A forecast beside what came; all arrays have one value per period. */
export interface EvaluatedForecast {
  readonly actual: Float64Array;
  readonly mean: Float64Array;
  /** By level; empty where only the mean was forecast. */
  readonly quantiles: readonly Float64Array[];
  /** See `seasonalScale`; NaN or 0 leaves the item out of MASE. */
  readonly scale: number;
}

/** Sums from which all measures follow; JSON, so that chunks of a panel are measured apart and merged in any order. */
export interface ErrorTotals {
  readonly levels: readonly number[];
  readonly periods: number;
  readonly absoluteError: number;
  readonly squaredError: number;
  readonly absoluteActual: number;
  /** Sum of |error| / |actual| over the periods whose actual value is not 0, and their number. */
  readonly percentageError: number;
  readonly percentagePeriods: number;
  readonly symmetricPercentageError: number;
  /** Sum of the forecasts' own MASE, and how many have one. */
  readonly scaledError: number;
  readonly scaledForecasts: number;
  /** Periods within the widest central interval, and periods that had one. */
  readonly covered: number;
  readonly coverablePeriods: number;
  /** Pinball loss by level, and |actual| over the periods that had quantiles. */
  readonly quantileLosses: readonly number[];
  readonly quantileActual: number;
}

/** Nothing measured yet. */
export const noErrors = (levels: readonly number[]): ErrorTotals => ({
  levels,
  periods: 0,
  absoluteError: 0,
  squaredError: 0,
  absoluteActual: 0,
  percentageError: 0,
  percentagePeriods: 0,
  symmetricPercentageError: 0,
  scaledError: 0,
  scaledForecasts: 0,
  covered: 0,
  coverablePeriods: 0,
  quantileLosses: levels.map(() => 0),
  quantileActual: 0,
});

const pinballLoss = (actual: Float64Array, quantile: Float64Array, level: number): number =>
  actual.reduce((sum, value, t) => {
    const error = value - (quantile[t] as number);
    return sum + Math.max(level * error, (level - 1) * error);
  }, 0);

const quantileTotals = (
  { actual, quantiles }: EvaluatedForecast,
  levels: readonly number[],
  absoluteActual: number,
) => {
  if (quantiles.length === 0) return {};
  const pair = widestPair(levels);
  const lower = pair && quantiles[pair.lower];
  const upper = pair && quantiles[pair.upper];
  const within = actual.filter(
    (value, t) => lower !== undefined && upper !== undefined && value >= (lower[t] ?? 0) && value <= (upper[t] ?? 0),
  );
  return {
    covered: within.length,
    coverablePeriods: pair === undefined ? 0 : actual.length,
    quantileLosses: levels.map((level, i) => pinballLoss(actual, quantiles[i] as Float64Array, level)),
    quantileActual: absoluteActual,
  };
};

/** The sums of one forecast. Levels are those of its quantiles. */
export const errorsOf = (forecast: EvaluatedForecast, levels: readonly number[]): ErrorTotals => {
  const { actual, mean, scale } = forecast;
  let absoluteError = 0;
  let squaredError = 0;
  let absoluteActual = 0;
  let percentageError = 0;
  let percentagePeriods = 0;
  let symmetricPercentageError = 0;
  for (const [t, value] of actual.entries()) {
    const expected = mean[t] as number;
    const error = Math.abs(value - expected);
    const size = Math.abs(value);
    absoluteError += error;
    squaredError += error * error;
    absoluteActual += size;
    if (size > 0) {
      percentageError += error / size;
      percentagePeriods++;
    }
    if (size + Math.abs(expected) > 0) symmetricPercentageError += error / (size + Math.abs(expected));
  }
  const hasScale = scale > 0 && actual.length > 0;
  return {
    ...noErrors(levels),
    periods: actual.length,
    absoluteError,
    squaredError,
    absoluteActual,
    percentageError,
    percentagePeriods,
    symmetricPercentageError,
    scaledError: hasScale ? absoluteError / actual.length / scale : 0,
    scaledForecasts: hasScale ? 1 : 0,
    ...quantileTotals(forecast, levels, absoluteActual),
  };
};

/** The sums of both. The levels must be the same. */
export const mergeErrors = (a: ErrorTotals, b: ErrorTotals): ErrorTotals => ({
  levels: a.levels,
  periods: a.periods + b.periods,
  absoluteError: a.absoluteError + b.absoluteError,
  squaredError: a.squaredError + b.squaredError,
  absoluteActual: a.absoluteActual + b.absoluteActual,
  percentageError: a.percentageError + b.percentageError,
  percentagePeriods: a.percentagePeriods + b.percentagePeriods,
  symmetricPercentageError: a.symmetricPercentageError + b.symmetricPercentageError,
  scaledError: a.scaledError + b.scaledError,
  scaledForecasts: a.scaledForecasts + b.scaledForecasts,
  covered: a.covered + b.covered,
  coverablePeriods: a.coverablePeriods + b.coverablePeriods,
  quantileLosses: a.quantileLosses.map((loss, i) => loss + (b.quantileLosses[i] as number)),
  quantileActual: a.quantileActual + b.quantileActual,
});
