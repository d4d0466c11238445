import type { Predictor } from '../predictors/predictor.ts';
import { type ClockAhead, onWallClock } from './wall-clock.ts';

const isFinitely = (values: Float64Array): boolean => values.every((value) => Number.isFinite(value));

/** A forecast this many times as far from the middle as any value of the history has run away. */
const farthest = 20;

const isSane = (history: Float64Array, forecast: Float64Array): boolean => {
  const low = history.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = history.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const reach = farthest * (high - low);
  return forecast.every((value) => value >= low - reach && value <= high + reach);
};

/**
 * What local predictors say of the periods after a history. One that gives none, or runs away, is left out.
 *
 * @param history finite values
 * @param clock of the zone, with the period index of the history's first value; absent where there is none
 */
export const localForecasts = (
  history: Float64Array,
  predictors: readonly Predictor[],
  horizon: number,
  seasonLengths: readonly number[],
  clock?: { readonly first: number; readonly ahead: ClockAhead },
): Record<string, Float64Array> => {
  const forecasts: Record<string, Float64Array> = {};
  const wall =
    clock === undefined || seasonLengths.length === 0
      ? undefined
      : onWallClock(history, clock.first, horizon, clock.ahead);
  for (const { name, forecast } of predictors) {
    const found =
      wall === undefined
        ? forecast(history, { horizon, seasonLengths })
        : forecast(wall.history, { horizon: wall.horizon, seasonLengths });
    if (found === undefined || !isFinitely(found) || !isSane(history, found)) continue;
    forecasts[name] = wall === undefined ? found : wall.back(found);
  }
  return forecasts;
};

/** What every backtest is compared with: the seasonal naive, the naive where the history is shorter than a season. */
export const baseline = (history: Float64Array, horizon: number, seasonLengths: readonly number[]): Float64Array => {
  const season = seasonLengths[0] ?? 1;
  const period = history.length >= season ? season : 1;
  return Float64Array.from(
    { length: horizon },
    (_, step) => history[history.length - period + (step % period)] as number,
  );
};

/** Seasons that repeat within a history. */
export const seasonsWithin = (seasonLengths: readonly number[], length: number): number[] =>
  seasonLengths.filter((season) => length >= 2 * season);
