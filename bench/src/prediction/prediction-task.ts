/** What a contestant's process is asked. */
export interface PredictionTask {
  /** a model file, UBJSON */
  readonly model: string;
  /** float32 rows */
  readonly x: string;
  readonly columns: number;
  /** times that one row is predicted, and all rows */
  readonly singles: number;
  readonly batches: number;
}

/** Medians. */
export interface PredictionTimes {
  readonly rowMicroseconds: number;
  readonly batchMilliseconds: number;
  /** of the first rows, for comparison */
  readonly predictions: readonly number[];
}
