import { memberErrors } from '../ensemble/member-errors.ts';
import type { ForecastPlan } from '../plan/forecast-plan.ts';
import { itemHash } from '../plan/item-hash.ts';
import { comparedWindows } from '../plan/model-windows.ts';
import type { BacktestSummary, ChunkBacktests, SampledItem } from './chunk-backtests.ts';

/** Their residuals are enough for quantiles of 0.01 steps. */
const sampleSize = 200;

const drawn = (sample: readonly SampledItem[]): SampledItem[] =>
  sample.toSorted((a, b) => a.hash - b.hash || (a.backtest.item < b.backtest.item ? -1 : 1)).slice(0, sampleSize);

/** What the items of a chunk have to tell the others, from the windows that all models of the plan have. */
export const summariseBacktests = (backtests: ChunkBacktests, plan: ForecastPlan): BacktestSummary => {
  const items = backtests.items.map((item) => ({ ...item, windows: comparedWindows(item.windows, plan) }));
  const relativeErrors: Record<string, { sum: number; items: number }> = {};
  // In the order of names, so that sums come out the same whatever the order of items.
  for (const backtest of items.toSorted((a, b) => (a.item < b.item ? -1 : 1))) {
    for (const [name, { logRatio }] of Object.entries(memberErrors(backtest))) {
      const { sum = 0, items: count = 0 } = relativeErrors[name] ?? {};
      relativeErrors[name] = { sum: sum + logRatio, items: count + 1 };
    }
  }
  const sample = items
    .filter(({ windows }) => windows.length > 0)
    .map((backtest) => ({ hash: itemHash(backtest.item, 0), backtest }));
  return { relativeErrors, sample: drawn(sample) };
};

/** Summaries of chunks as that of the panel. */
export const mergeSummaries = (summaries: readonly BacktestSummary[]): BacktestSummary => {
  const relativeErrors: Record<string, { sum: number; items: number }> = {};
  for (const summary of summaries) {
    for (const [name, { sum, items }] of Object.entries(summary.relativeErrors)) {
      const { sum: before = 0, items: count = 0 } = relativeErrors[name] ?? {};
      relativeErrors[name] = { sum: before + sum, items: count + items };
    }
  }
  return { relativeErrors, sample: drawn(summaries.flatMap(({ sample }) => sample)) };
};
