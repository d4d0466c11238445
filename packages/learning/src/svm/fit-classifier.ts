import type { Matrix } from '../preprocessing/encode-frame.ts';
import { classPairs, rowsOfPair } from './class-pairs.ts';
import { fitPair } from './fit-pair.ts';
import { gatherSupportVectors, takeRows } from './gather-support-vectors.ts';
import type { SupportVectors, SvmOptions } from './options.ts';

export interface ClassifierOptions extends SvmOptions {
  /** one a class: how much its rows count */
  readonly classWeights: Float64Array;
}

/**
 * C-support-vector classification, one decision function a pair of classes, positive for the higher class.
 * @param y index of each row's class
 * @param onViolation takes the number of the pair and its present violation of optimality
 */
export const fitSupportVectorClassifier = (
  x: Matrix,
  y: Float64Array,
  options: ClassifierOptions,
  onViolation: (pair: number, violation: number) => void,
): SupportVectors => {
  const { classWeights } = options;
  const classes = classWeights.length;
  const pairs = classPairs(classes);
  const dense = Array.from({ length: Math.max(1, classes - 1) }, () => new Float64Array(x.rows));
  const intercepts = new Float64Array(pairs.length);
  let iterations = 0;
  let converged = true;
  for (const [index, [low, high]] of pairs.entries()) {
    const { rows, signs } = rowsOfPair(y, [low, high]);
    const weights = { negative: classWeights[low] as number, positive: classWeights[high] as number };
    const solution = fitPair(takeRows(x, rows), signs, weights, options, (violation) => onViolation(index, violation));
    for (const [at, row] of rows.entries()) {
      const sign = signs[at] as number;
      (dense[sign < 0 ? high - 1 : low] as Float64Array)[row] = sign * (solution.alpha[at] as number);
    }
    intercepts[index] = -solution.rho;
    iterations += solution.iterations;
    converged &&= solution.converged;
  }
  const { rows, ...support } = gatherSupportVectors(x, dense, y);
  const classVectors = Array<number>(classes).fill(0);
  for (const row of rows) classVectors[y[row] as number] = (classVectors[y[row] as number] as number) + 1;
  return { ...support, intercepts, classVectors, iterations, converged };
};
