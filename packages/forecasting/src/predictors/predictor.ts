/** What a predictor is told beside the history: all of it is decided before it runs, so the same call gives the same answer. */
export interface PredictorOptions {
  /** Periods to forecast, at least 1. */
  readonly horizon: number;
  /** Lengths of the seasons in periods, shortest first; empty where the frequency has none. */
  readonly seasonLengths: readonly number[];
}

/** Settings of a predictor by their names, checked where they were asked for. */
export type Hyperparameters = Readonly<Record<string, string | number | boolean>>;

/**
 * A forecaster of one series by its own past alone ("local" in the literature). Models are small enough to be fitted
 * again for every origin, so there is no state to keep beside the history.
 */
export interface Predictor {
  /** Stable name, kebab-case, as requests and backtests show it. */
  readonly name: string;
  /**
   * Expected values of the `horizon` periods after the last of `history`.
   *
   * @param history finite values, oldest first, one per period without gaps
   * @returns `horizon` finite values, or `undefined` where the history is too short for this predictor
   */
  forecast(history: Float64Array, options: PredictorOptions): Float64Array | undefined;
  /** The same with other settings than its defaults; absent where it chooses all that it needs from each series. */
  readonly withHyperparameters?: (hyperparameters: Hyperparameters) => Predictor;
}
