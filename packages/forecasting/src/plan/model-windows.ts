import type { ForecastPlan, ModelName } from './forecast-plan.ts';
import { boostedTreesName } from './model-names.ts';
import { latestWindows, type WindowPlace, windowCount } from './windows.ts';

type Windows = Pick<ForecastPlan, 'windows' | 'modelWindows'>;

/** The reported windows of a model: as many as it was asked for, the newest ones of the plan. */
export const reportedWindows = ({ windows, modelWindows }: Windows, model: ModelName): number =>
  Math.min(windows, modelWindows?.[model] ?? windows);

/** Names of all models that may be in a plan's mixture. */
export const membersOf = ({ predictors, boostedTrees }: ForecastPlan): ModelName[] => [
  ...predictors,
  ...(boostedTrees === undefined ? [] : [boostedTreesName]),
];

/** The newest windows that are reported of every model: of them the mixture is reported. */
export const sharedWindows = (plan: ForecastPlan): number =>
  Math.min(plan.windows, ...membersOf(plan).map((model) => reportedWindows(plan, model)));

/** The plan's windows that a global model is fitted for, oldest first. */
export const globalWindows = (plan: ForecastPlan): number[] => {
  const total = windowCount(plan);
  const count = reportedWindows(plan, boostedTreesName) + plan.calibrationWindows;
  return Array.from({ length: count }, (_, i) => total - count + i);
};

/**
 * An item's windows that all models of a plan have: by these alone models are compared and weighted, and the mixture's
 * residuals are theirs, so that a hard window counts against all or none.
 */
export const comparedWindows = <Window extends Pick<WindowPlace, 'window'>>(
  windows: readonly Window[],
  plan: ForecastPlan,
): Window[] => latestWindows(windows, sharedWindows(plan) + plan.calibrationWindows);
