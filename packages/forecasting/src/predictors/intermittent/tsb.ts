import type { Hyperparameters, Predictor } from '../predictor.ts';
import { smooth } from './smooth.ts';

const ALPHA = 0.1;

const tsbWith = ({ alpha_d = ALPHA, alpha_p = ALPHA }: Hyperparameters): Predictor => ({
  name: 'tsb',
  forecast: (history, { horizon }) => {
    if (history.length === 0) return undefined;
    const sizes = history.filter((value) => value > 0);
    if (sizes.length === 0) return new Float64Array(horizon).fill(history[history.length - 1] as number);
    const probability = smooth(
      history.map((value) => (value > 0 ? 1 : 0)),
      Number(alpha_p),
    );
    return new Float64Array(horizon).fill(probability * smooth(sizes, Number(alpha_d)));
  },
  withHyperparameters: tsbWith,
});

/**
 * The method of Teunter, Syntetos and Babai (2011): smoothed size of a demand times smoothed probability of one. Unlike
 * Croston's it forgets an item that no longer sells. Negative values count as no
 * demand; without any demand the last value is repeated. Its hyperparameters are the two smoothing constants, of the
 * size `alpha_d` and of the probability `alpha_p`.
 */
export const tsb: Predictor = tsbWith({});
