import { scaleOf } from '../backtest/backtest-chunk.ts';
import { meanAbsoluteError } from '../ensemble/member-errors.ts';
import { interpolate } from '../panel/fill-gaps.ts';
import type { Series } from '../panel/series.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { searchWindowOf } from '../plan/search-window.ts';
import { type WindowPlace, windowPlaces } from '../plan/windows.ts';

/** An item at the window of a search. */
export interface TestedItem {
  readonly series: Series;
  readonly origin: number;
  /** Finite values before the origin. */
  readonly history: Float64Array;
  readonly actual: Float64Array;
  readonly scale: number;
}

/** The window of a search as an item has it; undefined where it ended before or begins later. */
export const searchWindow = (series: Series, plan: ForecastPlan): WindowPlace | undefined =>
  windowPlaces(series, plan).find(({ window }) => window === searchWindowOf(plan));

/** Items that have a history and values at the window of a search. */
export const testedItems = (sample: readonly Series[], plan: ForecastPlan): TestedItem[] =>
  sample.flatMap((series) => {
    const place = searchWindow(series, plan);
    if (place === undefined) return [];
    const { origin, length } = place;
    const history = interpolate(series.values.subarray(0, origin));
    // Windows that are closer together than they are long overlap: what a reported one is tested on is not looked at.
    const actual = series.values.subarray(origin, origin + Math.min(length, plan.windowStep));
    if (Number.isNaN(history[0]) || actual.every(Number.isNaN)) return [];
    return [{ series, origin, history, actual, scale: scaleOf(history, plan.seasonLengths).scale }];
  });

/** Mean absolute scaled error over items; those without a forecast do not count. */
export const meanScaledError = (
  items: readonly TestedItem[],
  forecasts: readonly (Float64Array | undefined)[],
): number => {
  const errors = items.flatMap(({ actual, scale }, i) => {
    const forecast = forecasts[i];
    return forecast === undefined ? [] : [meanAbsoluteError(actual, forecast) / scale];
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
};
