/** By which rule an item was forecast. */
export type ForecastRule =
  | 'ensemble'
  | 'best-model'
  /** too few values to be backtested: panel-wide weights */
  | 'short-history'
  | 'constant'
  | 'all-zero'
  | 'one-value'
  | 'no-history';

/** Measures of one window of one item. Scaled errors are NaN where their scale is 0. */
export interface WindowMetrics {
  readonly mase: number;
  readonly mae: number;
  readonly rmse: number;
  readonly wape: number;
  /** Share of actual values inside the widest symmetric pair of quantiles; NaN without residuals of earlier windows. */
  readonly coverage: number;
}

/** A window as it would have been forecast at its origin. */
export interface WindowForecast {
  /** Period index of its first forecast. */
  readonly first: number;
  readonly actual: Float64Array;
  readonly mean: Float64Array;
  /** By level of the plan; empty where there was no earlier window to take residuals from. */
  readonly quantiles: readonly Float64Array[];
  readonly metrics: WindowMetrics;
  /** Of MASE, from the history before the window; NaN where there is none. */
  readonly scale: number;
}

export interface ItemForecast {
  readonly item: string;
  readonly rule: ForecastRule;
  /** Period index of the first forecast. */
  readonly first: number;
  readonly mean: Float64Array;
  /** By level of the plan. */
  readonly quantiles: readonly Float64Array[];
  /** By model; they add up to 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** Mean absolute scaled error over the reported windows by model, where it was backtested. */
  readonly errors: Readonly<Record<string, number>>;
  /** Oldest first. */
  readonly windows: readonly WindowForecast[];
}
