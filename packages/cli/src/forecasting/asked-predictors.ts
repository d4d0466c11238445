import type { PredictorRequest } from '@bellwether/contracts';

/** Predictors as they are asked for on the command line: with a search for hyperparameters of each, or of all that suit. */
export function askedPredictors(
  names: readonly string[] | undefined,
  search: boolean | undefined,
): PredictorRequest[] | undefined {
  if (!search) return names && [...names];
  return (names ?? ['AutoML']).map((name) => ({ name, search: true }));
}
