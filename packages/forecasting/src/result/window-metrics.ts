import type { WindowMetrics } from './item-forecast.ts';

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

const ratio = (over: number, under: number): number => (under > 0 ? over / under : Number.NaN);

/** Differences below this share of the values themselves are rounding: a season that repeats exactly has a scale of 0. */
const rounding = 1e-9;

/** Mean absolute difference at the season on the history, the scale of MASE; 0 where it repeats, NaN where there is none. */
export const maseScale = (history: Float64Array, seasonLengths: readonly number[]): number => {
  const season = seasonLengths.find((length) => history.length > length) ?? 1;
  const scale = mean(
    Array.from(history.subarray(season), (value, i) => Math.abs(value - (history[i] as number))).filter(
      (difference) => !Number.isNaN(difference),
    ),
  );
  const level = history.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
  return scale <= rounding * level ? 0 : scale;
};

/**
 * @param quantiles rising; the first and the last one are the interval whose coverage is counted
 * @param scale of MASE
 */
export const windowMetrics = (
  actual: Float64Array,
  forecast: Float64Array,
  quantiles: readonly Float64Array[],
  scale: number,
): WindowMetrics => {
  const steps = Array.from(actual.keys()).filter((step) => !Number.isNaN(actual[step]));
  const at = (values: Float64Array, step: number) => values[step] as number;
  const errors = steps.map((step) => at(actual, step) - at(forecast, step));
  const mae = mean(errors.map(Math.abs));
  const [low] = quantiles;
  const high = quantiles.at(-1);
  const inside =
    low === undefined || high === undefined || quantiles.length < 2
      ? []
      : steps.map((step) => Number(at(actual, step) >= at(low, step) && at(actual, step) <= at(high, step)));
  return {
    mase: ratio(mae, scale),
    mae,
    rmse: Math.sqrt(mean(errors.map((error) => error ** 2))),
    wape: ratio(
      mae * steps.length,
      steps.reduce((sum, step) => sum + Math.abs(at(actual, step)), 0),
    ),
    coverage: mean(inside),
  };
};
