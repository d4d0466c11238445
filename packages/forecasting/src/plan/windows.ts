import type { Series } from '../panel/series.ts';
import type { ForecastPlan } from './forecast-plan.ts';

/** Fewer values tell nothing that a backtest could find out. */
export const shortestHistory = 3;

type Placed = Pick<Series, 'first' | 'values'>;

/** Where one window of an item lies: it forecasts `length` values from `origin` on. */
export interface WindowPlace {
  /** The plan's newest window whose cutoff is not after the origin; below 0 where all of them are. */
  readonly window: number;
  readonly origin: number;
  readonly length: number;
}

/** Windows of a plan, reported ones and those before them. */
export const windowCount = ({ windows, calibrationWindows }: ForecastPlan): number => windows + calibrationWindows;

/**
 * The first period that a window forecasts, the same for all items: nothing of it or later may be learned from.
 *
 * @param window 0 is the oldest of the plan; below 0 are windows before those
 */
export const cutoffOf = (plan: ForecastPlan, window: number): number =>
  plan.lastPeriod + 1 - plan.windowLength - (windowCount(plan) - 1 - window) * plan.windowStep;

const newestWindowAt = (period: number, plan: ForecastPlan): number => {
  const newest = windowCount(plan) - 1;
  return newest - Math.max(0, Math.ceil((cutoffOf(plan, newest) - period) / plan.windowStep));
};

/**
 * The windows that an item is long enough for, oldest first, at the cutoffs of the panel's calendar. An item that ended
 * before half of the newest window was over has as many windows before its own end; where they do not fit, one window of
 * a third of it is left. Those take global models of earlier cutoffs than their own, as far as there are any.
 */
export const windowPlaces = ({ first, values: { length } }: Placed, plan: ForecastPlan): WindowPlace[] => {
  const total = windowCount(plan);
  const { windowLength, windowStep } = plan;
  const newest = cutoffOf(plan, total - 1) - first;
  const latest = 2 * (length - newest) >= windowLength ? newest : length - windowLength;
  const placeAt = (origin: number, longest: number): WindowPlace => ({
    window: newestWindowAt(first + origin, plan),
    origin,
    length: Math.min(longest, length - origin),
  });
  const places = Array.from({ length: total }, (_, i) => latest - (total - 1 - i) * windowStep)
    .filter((origin) => origin >= Math.max(shortestHistory, Math.min(plan.seasonLengths[0] ?? 1, length / 3)))
    .map((origin) => placeAt(origin, windowLength));
  if (places.length > 0) return places;
  const short = Math.floor(length / 3);
  return length - short >= shortestHistory && short > 0 ? [placeAt(length - short, short)] : [];
};

/** Values of an item that a model of that window may learn from: those before its cutoff. */
export const trainingLength = ({ first, values: { length } }: Placed, plan: ForecastPlan, window: number | 'final') =>
  window === 'final' ? length : Math.max(0, Math.min(length, cutoffOf(plan, window) - first));

/**
 * The windows of an item that are reported: its latest ones.
 *
 * @param windows oldest first
 * @param count how many, if it has them
 */
export const latestWindows = <Window extends Pick<WindowPlace, 'window'>>(
  windows: readonly Window[],
  count: number,
): Window[] => {
  const newest = windows.at(-1)?.window ?? 0;
  return windows.filter(({ window }) => window > newest - count);
};
