import type { Scorer } from '../learners/learner.ts';
import { type FittedInput, widthOf } from '../preprocessing/encoding.ts';
import type { Label } from '../preprocessing/fit-target.ts';
import { layoutOf } from '../preprocessing/layout.ts';
import { classOfScores } from './model.ts';

/** SHAP values of one prediction: base value and contributions add up to the raw score that it comes from. */
export interface Explanation {
  readonly baseValue: number;
  /** by input column: the sum of what its features contributed */
  readonly contributions: Readonly<Record<string, number>>;
  /** classification: the predicted label, which positive contributions speak for */
  readonly label?: Label;
}

/** Explains the encoded row whose scores are given. */
export type Explainer = (row: Float64Array, scores: Float64Array) => Explanation;

/** Compiles the explanations of a model; undefined when its learner has none. */
export const createExplainer = (
  scorer: Scorer,
  inputs: readonly FittedInput[],
  labels: readonly Label[] | undefined,
): Explainer | undefined => {
  const { contributions } = scorer;
  if (contributions === undefined) return undefined;
  const { placements, width } = layoutOf(inputs);
  const values = new Float64Array(width);
  const byColumn = (sign: 1 | -1): Record<string, number> =>
    Object.fromEntries(
      placements.map(({ name, encoding, offset }) => {
        const own = values.subarray(offset, offset + widthOf(encoding));
        return [name, own.reduce((sum, value) => sum + sign * value, 0)];
      }),
    );
  return (row, scores) => {
    if (labels === undefined) {
      const baseValue = contributions(row, 0, 0, values, 0);
      return { baseValue, contributions: byColumn(1) };
    }
    const predicted = classOfScores(scores, 0, scorer);
    const label = labels[predicted] as Label;
    const isBinary = labels.length === 2;
    const baseValue = contributions(row, 0, isBinary ? 0 : predicted, values, 0);
    // of two classes the one raw score speaks for class 1, and its opposite for class 0
    const sign = isBinary && predicted === 0 ? -1 : 1;
    return { baseValue: sign * baseValue, contributions: byColumn(sign), label };
  };
};
