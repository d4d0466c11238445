import type { Matrix } from '../preprocessing/encode-frame.ts';
import { gatherSupportVectors, takeRows } from './gather-support-vectors.ts';
import { createKernelRows } from './kernel-rows.ts';
import type { SupportVectors, SvmOptions } from './options.ts';
import { type DualSolution, solveDual } from './smo.ts';

/** The pairs of one-versus-one, in the order of their decision functions: (0, 1), (0, 2), …, (1, 2), … */
export const classPairs = (classes: number): [number, number][] =>
  Array.from({ length: classes }, (_, low) =>
    Array.from({ length: classes - low - 1 }, (_, above): [number, number] => [low, low + 1 + above]),
  ).flat();

const fitPair = (
  x: Matrix,
  signs: Int8Array,
  options: SvmOptions,
  onViolation: (violation: number) => void,
): DualSolution =>
  solveDual({
    ...options,
    bound: options.C,
    kernel: createKernelRows(x, options.kernel, options.cacheBytes),
    signs,
    linear: new Float64Array(x.rows).fill(-1),
    onViolation,
  });

/**
 * C-support-vector classification, one decision function a pair of classes, positive for the higher class.
 * @param y index of each row's class
 * @param onViolation takes the number of the pair and its present violation of optimality
 */
export const fitSupportVectorClassifier = (
  x: Matrix,
  y: Float64Array,
  classes: number,
  options: SvmOptions,
  onViolation: (pair: number, violation: number) => void,
): SupportVectors => {
  const pairs = classPairs(classes);
  const solutions = pairs.map(([low, high], pair) => {
    const rows = Int32Array.from(y.keys()).filter((row) => y[row] === low || y[row] === high);
    const signs = Int8Array.from(rows, (row) => (y[row] === high ? 1 : -1));
    const { alpha, ...solution } = fitPair(takeRows(x, rows), signs, options, (violation) =>
      onViolation(pair, violation),
    );
    const dense = new Float64Array(x.rows);
    for (const [at, row] of rows.entries()) dense[row] = (alpha[at] as number) * (signs[at] as number);
    return { ...solution, dense };
  });
  return {
    ...gatherSupportVectors(
      x,
      solutions.map(({ dense }) => dense),
    ),
    intercepts: Float64Array.from(solutions, ({ rho }) => -rho),
    iterations: solutions.reduce((sum, { iterations }) => sum + iterations, 0),
    converged: solutions.every(({ converged }) => converged),
  };
};
