import { itemHash } from '../plan/item-hash.ts';
import { boostedTreesName } from '../plan/model-names.ts';
import type { Hyperparameters } from '../predictors/predictor.ts';

type Values = readonly Hyperparameters[string][];

/** What is tried of each hyperparameter; defaults need not be among it. */
const spaces: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  [boostedTreesName]: {
    rounds: [50, 100, 200, 300],
    eta: [0.03, 0.06, 0.1, 0.2],
    maxDepth: [3, 4, 6, 8],
    lags: [4, 8, 14, 24],
  },
  npts: {
    kernel_type: ['exponential', 'uniform'],
    exp_kernel_weights: [0.003, 0.01, 0.03, 0.1, 0.3],
    use_seasonal_model: [true, false],
  },
  tsb: { alpha_d: [0.05, 0.1, 0.2, 0.3], alpha_p: [0.02, 0.05, 0.1, 0.2, 0.3] },
};

/** Hyperparameters of a model that can be searched for; none where it chooses what it needs from each series. */
export const searchedHyperparameters = (model: string): string[] =>
  Object.keys(spaces[model.replace(/^log-/, '')] ?? {});

/** Tries of a model beside its defaults: a bound, so that a search takes minutes whatever it is given. */
const mostTries = 11;

/** Numbers of 0 to 1 that follow from a seed (Mulberry32). */
const numbersOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/**
 * What a search tries of a model: at first nothing (its defaults, or what was given), then combinations drawn by seed, none
 * twice.
 *
 * @param open names of the hyperparameters that may differ
 */
export const candidatesOf = (model: string, open: readonly string[], seed: number): Hyperparameters[] => {
  const space = Object.entries(spaces[model.replace(/^log-/, '')] ?? {}).filter(([name]) => open.includes(name));
  const combinations = space.reduce((product, [, values]) => product * values.length, 1);
  const next = numbersOf(itemHash(model, seed));
  const drawn = new Map<string, Hyperparameters>();
  if (space.length > 0) {
    // Draws that were drawn before are drawn again; a bound ends that where nearly all have been.
    for (let draw = 0; draw < 20 * mostTries && drawn.size < Math.min(mostTries, combinations); draw++) {
      const one = Object.fromEntries(
        space.map(([name, values]) => [name, values[Math.floor(next() * values.length)] ?? values[0] ?? 0]),
      );
      drawn.set(JSON.stringify(one), one);
    }
  }
  return [{}, ...drawn.values()];
};
