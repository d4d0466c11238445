// biome-ignore-all lint/style/noNonNullAssertion: lengths are checked when the learner makes its predictor
import { classPairs } from './class-pairs.ts';
import type { SupportVectors } from './options.ts';

/** One stretch of support vectors in a decision function: those from `start` up to `end`, their coefficients at `at`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly at: number;
}

/**
 * Which coefficients each decision function adds up: all of them in a regression, those of its two classes in a
 * classification.
 */
export const stretchesOf = ({
  coefficients,
  intercepts,
  classVectors,
}: Pick<SupportVectors, 'coefficients' | 'intercepts' | 'classVectors'>): readonly (readonly Stretch[])[] => {
  if (classVectors.length === 0) return Array.from(intercepts, () => [{ start: 0, end: coefficients.length, at: 0 }]);
  const starts = classVectors.map((_, index) => classVectors.slice(0, index).reduce((sum, count) => sum + count, 0));
  const total = classVectors.reduce((sum, count) => sum + count, 0);
  const stretch = (index: number, row: number): Stretch => {
    const start = starts[index]!;
    return { start, end: start + classVectors[index]!, at: row * total + start };
  };
  return classPairs(classVectors.length).map(([low, high]) => [stretch(low, high - 1), stretch(high, low)]);
};

/** With a linear kernel the support vectors add up to one weight vector a decision function. */
export const collapseLinear = (support: SupportVectors, features: number): Float64Array => {
  const { vectors, coefficients, intercepts } = support;
  const weights = new Float64Array(intercepts.length * features);
  for (const [index, stretches] of stretchesOf(support).entries()) {
    for (const { start, end, at } of stretches) {
      for (let s = start; s < end; s++) {
        const coefficient = coefficients[at + s - start]!;
        for (let i = 0; i < features; i++) weights[index * features + i]! += coefficient * vectors[s * features + i]!;
      }
    }
  }
  return weights;
};
