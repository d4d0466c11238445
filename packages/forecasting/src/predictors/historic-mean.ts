import type { Predictor } from './predictor.ts';

/** The mean of the whole history, repeated. */
export const historicMean: Predictor = {
  name: 'historic-mean',
  forecast: (history, { horizon }) => {
    if (history.length === 0) return undefined;
    const [first = 0] = history;
    // Deviations from the first value: a constant series then has exactly its own mean.
    let deviation = 0;
    for (const value of history) deviation += value - first;
    return new Float64Array(horizon).fill(first + deviation / history.length);
  },
};
