/** What all models said at one origin of one item. */
export interface WindowMembers {
  /** Place among the plan's windows, 0 is the oldest one; below 0 where an item ended before all of them. */
  readonly window: number;
  /** Values before the origin. */
  readonly origin: number;
  readonly actual: Float64Array;
  /** By model; absent where it had too little history. */
  readonly forecasts: Readonly<Record<string, Float64Array>>;
}

export interface ItemBacktest {
  readonly item: string;
  /** Mean absolute error of the seasonal naive on the history before the first window; the mean absolute value where that is 0. */
  readonly scale: number;
  /** Mean absolute value before the first window. */
  readonly level: number;
  /** Oldest first; empty where the history is too short. */
  readonly windows: readonly WindowMembers[];
}

/** Backtests of a chunk's items, in the order of its series. */
export interface ChunkBacktests {
  readonly items: readonly ItemBacktest[];
}

/** What items learn from one another; of bounded size, merged over chunks in any order. */
export interface BacktestSummary {
  /** By model: sum of logarithms of its error relative to the item's mean one, and items. */
  readonly relativeErrors: Readonly<Record<string, { readonly sum: number; readonly items: number }>>;
  /** Items drawn by hash whose backtests every item's residuals are pooled with. */
  readonly sample: readonly SampledItem[];
}

export interface SampledItem {
  /** The draw: items with the least ones are kept. */
  readonly hash: number;
  readonly backtest: ItemBacktest;
}
