import type { Predictor } from './predictor.ts';

/** The last value, repeated: what a random walk expects. */
export const naive: Predictor = {
  name: 'naive',
  forecast: (history, { horizon }) =>
    history.length === 0 ? undefined : new Float64Array(horizon).fill(history[history.length - 1] as number),
};
