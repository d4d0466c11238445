// biome-ignore-all lint/style/noNonNullAssertion: indices are bounded by rows and outputs
import { softmax } from '../linear/logistic.ts';
import type { OutputLoss } from './network.ts';

/** A loss over rows whose truth is `truth[0]`, `truth[1]` …; the mean over rows. */
export type LossOf = (truth: Float64Array) => OutputLoss;

/** Half the squared error of one output a row. */
export const squaredError: LossOf = (truth) => (outputs, rows) => {
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const error = outputs[row]! - truth[row]!;
    loss += (error * error) / 2;
    outputs[row] = error / rows;
  }
  return loss / rows;
};

/**
 * Cross-entropy of the softmax of `classes` outputs a row.
 * @param weights one a class: how much its rows count
 */
export const crossEntropy =
  (classes: number, weights: Float64Array): LossOf =>
  (truth) =>
  (outputs, rows) => {
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * classes;
      const own = outputs[at + truth[row]!]!;
      const weight = weights[truth[row]!]!;
      loss += weight * (softmax(outputs, at, classes) - own);
      outputs[at + truth[row]!]! -= 1;
      for (let k = at; k < at + classes; k++) outputs[k] = (outputs[k]! * weight) / rows;
    }
    return loss / rows;
  };
