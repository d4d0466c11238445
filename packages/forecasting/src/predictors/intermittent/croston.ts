import type { Predictor } from '../predictor.ts';
import { smooth } from './smooth.ts';

/** Croston's (1972) own constant, for sizes and for intervals. */
const ALPHA = 0.1;

/** Mean demand per period: smoothed size of a demand over smoothed number of periods between two; the last value without any demand. */
const demandRate = (history: Float64Array): number => {
  const sizes = history.filter((value) => value > 0);
  if (sizes.length === 0) return history[history.length - 1] as number;
  const intervals: number[] = [];
  let previous = -1;
  for (const [t, value] of history.entries()) {
    if (value <= 0) continue;
    intervals.push(t - previous);
    previous = t;
  }
  return smooth(sizes, ALPHA) / smooth(Float64Array.from(intervals), ALPHA);
};

const crostonOf = (name: string, factor: number): Predictor => ({
  name,
  forecast: (history, { horizon }) => {
    if (history.length === 0) return undefined;
    const rate = demandRate(history);
    // The bias that the factor takes off comes from uncertain intervals; a constant has none.
    const constant = history.every((value) => value === rate);
    return new Float64Array(horizon).fill(constant ? rate : factor * rate);
  },
});

/** Croston's method: sizes of demands and intervals between them, each smoothed. Negative values count as no demand. */
export const croston = crostonOf('croston', 1);

/** Croston's method less its bias of about α/2, after Syntetos and Boylan (2005). */
export const crostonSba = crostonOf('croston-sba', 1 - ALPHA / 2);
