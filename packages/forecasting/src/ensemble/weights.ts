import type { BacktestSummary, ItemBacktest, WindowMembers } from '../backtest/chunk-backtests.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { baselineName, boostedTreesName } from '../plan/model-names.ts';
import { comparedWindows, sharedWindows } from '../plan/model-windows.ts';
import { latestWindows } from '../plan/windows.ts';
import { combine } from './combine.ts';
import { meanAbsoluteError, memberErrors } from './member-errors.ts';
import { priorError } from './prior-errors.ts';

export type Weights = Readonly<Record<string, number>>;

/** So many windows of its own count as much as the panel's experience with a model. */
const panelWindows = 3;
/** So many items make the panel's experience count as much as what is known of the model from elsewhere. */
const panelItems = 4;
/** Weights fall with error to this power. */
const power = 4;
/** Models whose error is this much (as a logarithm) above the best one's are left out. */
const pruneAbove = 0.35;

/** What the panel says of a model, drawn to what other panels say where few items speak. */
const panelLog = (summary: BacktestSummary, plan: ForecastPlan, name: string): number => {
  const { sum = 0, items = 0 } = summary.relativeErrors[name] ?? {};
  return (sum + panelItems * priorError(name, plan)) / (items + panelItems);
};

const normalised = (raw: ReadonlyMap<string, number>): Weights => {
  const total = [...raw.values()].reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries([...raw].map(([name, weight]) => [name, weight / total]));
};

/** An item's expected logarithmic error of each model, relative to the others. */
const expectedErrors = (
  backtest: ItemBacktest,
  summary: BacktestSummary,
  plan: ForecastPlan,
  names: readonly string[],
): Map<string, number> => {
  const own = memberErrors(backtest);
  return new Map(
    names.map((name) => {
      const { logRatio = 0, windows = 0 } = own[name] ?? {};
      return [name, (windows * logRatio + panelWindows * panelLog(summary, plan, name)) / (windows + panelWindows)];
    }),
  );
};

const totalError = (windows: readonly WindowMembers[], weights: Weights): number =>
  windows.reduce((sum, { actual, forecasts }) => {
    const error = meanAbsoluteError(actual, combine(forecasts, weights, actual.length));
    return sum + (Number.isNaN(error) ? 0 : error);
  }, 0);

const bestSingle = (windows: readonly WindowMembers[], names: readonly string[]): Weights => {
  const complete = names.filter((name) => windows.every(({ forecasts }) => forecasts[name] !== undefined));
  const errors = complete.map((name) => totalError(windows, { [name]: 1 }));
  return { [complete[errors.indexOf(Math.min(...errors))] ?? baselineName]: 1 };
};

const withBaseline = (weights: Weights, share: number): Weights => {
  const mixed = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, (1 - share) * weight]));
  return { ...mixed, [baselineName]: (mixed[baselineName] ?? 0) + share };
};

/** Shares of the seasonal naive that are tried, least first; at the last one the mixture is the seasonal naive. */
const shares = [0, 0.25, 0.5, 0.75, 1];

/** The mixture with as little of the seasonal naive as makes it no worse than that on the windows. */
const noWorseThanBaseline = (windows: readonly WindowMembers[], weights: Weights): Weights => {
  const bar = totalError(windows, { [baselineName]: 1 });
  const share = shares.find((one) => totalError(windows, withBaseline(weights, one)) <= bar) ?? 1;
  if (share === 0) return weights;
  return share === 1 ? { [baselineName]: 1 } : withBaseline(weights, share);
};

/**
 * Weights of an item's models: the smaller a model's error on the item's windows, drawn to the panel's experience with
 * it, the larger, and none for those far behind the best. If the mixture would have been worse than the seasonal naive
 * on the reported windows, as much of that is mixed in as makes it as good; absolute errors are convex, so there is such
 * a share.
 *
 * @param names models that can forecast the item now
 */
export const itemWeights = (
  { windows, ...item }: ItemBacktest,
  summary: BacktestSummary,
  plan: ForecastPlan,
  names: readonly string[],
): Weights => {
  const members = [...plan.predictors, boostedTreesName].filter((name) => names.includes(name));
  if (members.length === 0) return { [baselineName]: 1 };
  const backtest = { ...item, windows: comparedWindows(windows, plan) };
  const reported = latestWindows(windows, sharedWindows(plan));
  if (plan.combine === 'best' && reported.length > 0) {
    return bestSingle(reported, [...new Set([...members, baselineName])]);
  }
  const errors = expectedErrors(backtest, summary, plan, members);
  const best = Math.min(...errors.values());
  const kept = [...errors].filter(([, error]) => error <= best + pruneAbove);
  const weights = normalised(new Map(kept.map(([name, error]) => [name, Math.exp(-power * (error - best))])));
  return noWorseThanBaseline(reported, weights);
};
