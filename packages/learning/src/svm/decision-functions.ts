// biome-ignore-all lint/style/noNonNullAssertion: lengths are checked when the learner makes its predictor
import { stretchesOf } from './decision-sums.ts';
import { dotAt, squaredDistanceAt } from './kernel.ts';
import type { SupportVectors } from './options.ts';

/** Writes the decision functions' values for the row at `x[from]` to `out` from its start. */
export type DecisionFunctions = (x: Float64Array, from: number, out: Float64Array) => void;

export const linearDecisions =
  (weights: Float64Array, intercepts: Float64Array, features: number): DecisionFunctions =>
  (x, from, out) => {
    for (let f = 0; f < intercepts.length; f++)
      out[f] = intercepts[f]! + dotAt(weights, f * features, x, from, features);
  };

export const rbfDecisions = (
  support: Pick<SupportVectors, 'vectors' | 'coefficients' | 'intercepts' | 'classVectors'>,
  count: number,
  features: number,
  gamma: number,
): DecisionFunctions => {
  const { vectors, coefficients, intercepts } = support;
  const functions = stretchesOf(support);
  const kernel = new Float64Array(count);
  return (x, from, out) => {
    for (let s = 0; s < count; s++) {
      kernel[s] = Math.exp(-gamma * squaredDistanceAt(vectors, s * features, x, from, features));
    }
    for (let f = 0; f < functions.length; f++) {
      let sum = intercepts[f]!;
      for (const { start, end, at } of functions[f]!) {
        for (let s = start; s < end; s++) sum += coefficients[at + s - start]! * kernel[s]!;
      }
      out[f] = sum;
    }
  };
};

/**
 * One number a class from the pairs' decisions: its votes, plus the sum of its decisions squeezed into ±1/3, so that
 * the sum only breaks ties. As scikit-learn's `decision_function_shape="ovr"`.
 * @param pairs see `classPairs`
 */
export const writeVotes = (
  decisions: Float64Array,
  pairs: readonly (readonly [number, number])[],
  classes: number,
  out: Float64Array,
  at: number,
): void => {
  for (let k = 0; k < classes; k++) out[at + k] = 0;
  for (const [pair, [low, high]] of pairs.entries()) {
    out[at + low]! -= decisions[pair]!;
    out[at + high]! += decisions[pair]!;
  }
  for (let k = at; k < at + classes; k++) out[k] = out[k]! / (3 * (Math.abs(out[k]!) + 1));
  for (const [pair, [low, high]] of pairs.entries()) out[at + (decisions[pair]! > 0 ? high : low)]! += 1;
};
