import type { Predictor } from '../predictor.ts';
import { smooth } from './smooth.ts';

const ALPHA = 0.1;

/**
 * The method of Teunter, Syntetos and Babai (2011): smoothed size of a demand times smoothed probability of one. Unlike
 * Croston's it forgets an item that no longer sells. Negative values count as no
 * demand; without any demand the last value is repeated.
 */
export const tsb: Predictor = {
  name: 'tsb',
  forecast: (history, { horizon }) => {
    if (history.length === 0) return undefined;
    const sizes = history.filter((value) => value > 0);
    if (sizes.length === 0) return new Float64Array(horizon).fill(history[history.length - 1] as number);
    const probability = smooth(
      history.map((value) => (value > 0 ? 1 : 0)),
      ALPHA,
    );
    return new Float64Array(horizon).fill(probability * smooth(sizes, ALPHA));
  },
};
