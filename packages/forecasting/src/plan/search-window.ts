import type { ForecastPlan } from './forecast-plan.ts';

/** Whether there is a window before the reported ones, on which hyperparameters can be searched for. */
export const hasSearchWindow = ({ calibrationWindows }: Pick<ForecastPlan, 'calibrationWindows'>): boolean =>
  calibrationWindows > 0;

/** The window on which they are searched for: the newest before the reported ones. */
export const searchWindowOf = ({ calibrationWindows }: Pick<ForecastPlan, 'calibrationWindows'>): number =>
  calibrationWindows - 1;
