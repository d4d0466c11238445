export interface RegressionMetrics {
  readonly rmse: number;
  readonly mae: number;
  readonly mse: number;
  /** absent for a single row; for a constant truth 1 when it is met exactly, else 0 */
  readonly r2?: number;
  /** absent when a value or a prediction is negative */
  readonly rmsle?: number;
}

const meanOf = (values: Float64Array, term: (value: number, index: number) => number): number =>
  values.reduce((sum, value, index) => sum + term(value, index) / values.length, 0);

const explainedVariance = (truth: Float64Array, mse: number): number | undefined => {
  if (truth.length < 2) return undefined;
  const mean = meanOf(truth, (value) => value);
  const variance = meanOf(truth, (value) => (value - mean) ** 2);
  if (variance > 0) return 1 - mse / variance;
  return mse === 0 ? 1 : 0;
};

/** Both arrays have one finite number a row, and at least one row. Formulas as in `sklearn.metrics`. */
export const regressionMetrics = (truth: Float64Array, values: Float64Array): RegressionMetrics => {
  const error = (value: number, index: number): number => (values[index] as number) - value;
  const mse = meanOf(truth, (value, index) => error(value, index) ** 2);
  const mae = meanOf(truth, (value, index) => Math.abs(error(value, index)));
  const r2 = explainedVariance(truth, mse);
  const nonNegative = truth.every((value) => value >= 0) && values.every((value) => value >= 0);
  const logError = (value: number, index: number): number => Math.log1p(values[index] as number) - Math.log1p(value);
  return {
    rmse: Math.sqrt(mse),
    mae,
    mse,
    ...(r2 === undefined ? {} : { r2 }),
    ...(nonNegative ? { rmsle: Math.sqrt(meanOf(truth, (value, index) => logError(value, index) ** 2)) } : {}),
  };
};
