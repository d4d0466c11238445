import type { ItemBacktest, WindowMembers } from '../backtest/chunk-backtests.ts';

/** Mean absolute error over the steps that have an actual value; NaN where none has. */
export const meanAbsoluteError = (actual: Float64Array, forecast: Float64Array): number => {
  let sum = 0;
  let count = 0;
  for (let step = 0; step < actual.length; step++) {
    const error = Math.abs((actual[step] as number) - (forecast[step] as number));
    if (Number.isNaN(error)) continue;
    sum += error;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
};

/** A model's error on an item relative to that of the models beside it on the same windows. */
export interface MemberError {
  /** Logarithm of the ratio; 0 is as good as the others. */
  readonly logRatio: number;
  readonly windows: number;
}

/** Keeps ratios of perfect forecasts finite; models do not differ by more on data that anybody has. */
const least = 1e-3;

const namesOf = (windows: readonly WindowMembers[]): string[] =>
  [...new Set(windows.flatMap(({ forecasts }) => Object.keys(forecasts)))].sort();

/**
 * Errors of an item's models. A model that was missing on a window is compared with the others on the windows that it
 * has, so that hard windows do not count against those that dared them.
 */
export const memberErrors = (
  { windows }: ItemBacktest,
  names: readonly string[] = namesOf(windows),
): Record<string, MemberError> => {
  const errors = windows.map(({ actual, forecasts }) =>
    names.map((name) => (forecasts[name] === undefined ? Number.NaN : meanAbsoluteError(actual, forecasts[name]))),
  );
  const complete = names.map((_, m) => errors.every((window) => !Number.isNaN(window[m])));
  const reference = errors.map((window) => {
    const known = window.filter((error, m) => complete[m] && !Number.isNaN(error));
    return known.reduce((sum, error) => sum + error, 0) / known.length;
  });
  const found: Record<string, MemberError> = {};
  for (const [m, name] of names.entries()) {
    let own = 0;
    let others = 0;
    let count = 0;
    for (const [w, window] of errors.entries()) {
      const error = window[m] as number;
      if (Number.isNaN(error) || Number.isNaN(reference[w])) continue;
      own += error;
      others += reference[w] as number;
      count++;
    }
    if (count === 0 || !(others > 0)) continue;
    found[name] = { logRatio: Math.log(Math.max(least, own / others)), windows: count };
  }
  return found;
};
