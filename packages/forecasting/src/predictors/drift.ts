import type { Predictor } from './predictor.ts';

/** The line through the first and the last value, continued: a random walk with drift. */
export const drift: Predictor = {
  name: 'drift',
  forecast: (history, { horizon }) => {
    const last = history.length - 1;
    if (last < 0) return undefined;
    const end = history[last] as number;
    const slope = last === 0 ? 0 : (end - (history[0] as number)) / last;
    return Float64Array.from({ length: horizon }, (_, step) => end + slope * (step + 1));
  },
};
