import type { ForecastPlan } from './forecast-plan.ts';

/** Fewer values tell nothing that a backtest could find out. */
export const shortestHistory = 3;

/** Where one window of an item lies: it forecasts `length` values from `origin` on. */
export interface WindowPlace {
  readonly window: number;
  readonly origin: number;
  readonly length: number;
}

/** Windows of a plan, reported ones and those before them. */
export const windowCount = ({ windows, calibrationWindows }: ForecastPlan): number => windows + calibrationWindows;

/**
 * The windows that an item is long enough for, oldest first. The last one ends with its history; where that is too short
 * for the horizon, one window of a third of it is left.
 *
 * @param length values of the item
 */
export const windowPlaces = (length: number, plan: ForecastPlan): WindowPlace[] => {
  const total = windowCount(plan);
  const { horizon, windowStep } = plan;
  const places = Array.from({ length: total }, (_, window) => ({
    window,
    origin: length - horizon - (total - 1 - window) * windowStep,
    length: horizon,
  })).filter(({ origin }) => origin >= Math.max(shortestHistory, Math.min(plan.seasonLengths[0] ?? 1, length / 3)));
  if (places.length > 0) return places;
  const short = Math.floor(length / 3);
  return length - short >= shortestHistory && short > 0
    ? [{ window: total - 1, origin: length - short, length: short }]
    : [];
};

/** Values of an item that a model of that window may learn from; 0 where the item has no such window. */
export const trainingLength = (length: number, plan: ForecastPlan, window: number | 'final'): number =>
  window === 'final' ? length : (windowPlaces(length, plan).find((place) => place.window === window)?.origin ?? 0);
