import type { Hyperparameters } from '../predictors/predictor.ts';

/** Names of what can be in an ensemble: the local predictors and `boosted-trees`. */
export type ModelName = string;

export interface BoostedTreesOptions {
  /** Rows that are learned from at most, drawn by seed. Default 200,000. */
  readonly maxRows?: number;
  readonly rounds?: number;
  readonly eta?: number;
  readonly maxDepth?: number;
  /** Latest values that are features. Default: as the season suggests, 4 to 8. */
  readonly lags?: number;
  /**
   * Of the logarithm of the target relative to the item's level; `tweedie` of that ratio itself, for many zeros;
   * `quantile` learns that of `quantile` in the place of the mean.
   */
  readonly objective?: 'squared' | 'absolute' | 'tweedie' | 'quantile';
  /** Between 0 and 1; of `quantile` alone. Default 0.5. */
  readonly quantile?: number;
  /** `direct`: one model that is told the step; `recursive`: one step, fed with its own forecasts. Default `direct`. */
  readonly strategy?: 'direct' | 'recursive';
  readonly threads?: number;
}

/** The same when they are decided on. */
export type PlannedTrees = Required<Omit<BoostedTreesOptions, 'lags'>> & Pick<BoostedTreesOptions, 'lags'>;

/** What a request decides. */
export interface ForecastRequest {
  /** Periods to forecast, at least 1. */
  readonly horizon: number;
  /** Between 0 and 1, rising. Default 0.1, 0.5, 0.9. */
  readonly quantiles?: readonly number[];
  /** Backtest windows that are reported, 1 to 20. Default 2. */
  readonly windows?: number;
  /** Periods between the origins of windows. Default the horizon. */
  readonly windowStep?: number;
  /** Default: those that suit the panel. */
  readonly models?: readonly ModelName[];
  /** Beside those that suit the panel; without a meaning where `models` are named. */
  readonly extraModels?: readonly ModelName[];
  /** Reported windows of models that are not in `modelWindows`. Default `windows`. */
  readonly automaticWindows?: number;
  /** Reported windows of models that are to have fewer than `windows`. */
  readonly modelWindows?: Readonly<Record<ModelName, number>>;
  /** Settings of local predictors that are not their defaults. */
  readonly hyperparameters?: Readonly<Record<ModelName, Hyperparameters>>;
  /** Models whose hyperparameters are searched for, but for those that are given. Default none. */
  readonly search?: readonly ModelName[] | 'all';
  /** `ensemble` (default) weights models per item, `best` takes each item's best one by backtest. */
  readonly combine?: 'ensemble' | 'best';
  readonly boostedTrees?: BoostedTreesOptions;
  /** Whether MSTL sees log1p of the target: `auto` (default) lets each item's backtests weight both. */
  readonly transform?: 'auto' | 'none' | 'log1p';
  /** Default 0. */
  readonly seed?: number;
}

/** What was decided for a panel before anything is fitted; JSON, and the same in every message of a pipeline. */
export interface ForecastPlan {
  readonly horizon: number;
  readonly quantiles: readonly number[];
  /** The last period of the panel, from which windows of all items count back. */
  readonly lastPeriod: number;
  /** Reported windows; the newest one ends with the panel. */
  readonly windows: number;
  /** Windows before those, from which the first reported one gets its residuals and weights. */
  readonly calibrationWindows: number;
  readonly windowStep: number;
  /** Periods of a window: the horizon, less where histories are too short for it. */
  readonly windowLength: number;
  /** Names of local predictors. */
  readonly predictors: readonly ModelName[];
  /** Undefined where no global model is fitted. */
  readonly boostedTrees?: PlannedTrees;
  /** Of local predictors, where they are not their defaults. */
  readonly hyperparameters?: Readonly<Record<ModelName, Hyperparameters>>;
  /** Reported windows of models that have fewer than the plan. */
  readonly modelWindows?: Readonly<Record<ModelName, number>>;
  /** By model, the hyperparameters that are searched for before anything else is fitted. */
  readonly search?: Readonly<Record<ModelName, readonly string[]>>;
  readonly combine: 'ensemble' | 'best';
  /** Lengths of the seasons that the panel shows, in periods, shortest first. */
  readonly seasonLengths: readonly number[];
  readonly seed: number;
}
