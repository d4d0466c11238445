import { expect, test } from '@jest/globals';
import { createRandom } from '../numeric/random.ts';
import type { DualProblem } from './dual-problem.ts';
import { createKernelRows } from './kernel-rows.ts';
import { solveDual } from './smo.ts';

const random = createRandom(5);
const rows = 900;
const x = { rows, columns: 4, values: Float64Array.from({ length: rows * 4 }, () => 4 * random() - 2) };
const noisy = Int8Array.from({ length: rows }, (_, row) => {
  const inside = Math.hypot(...x.values.subarray(4 * row, 4 * row + 4)) < 2.2;
  return inside === random() > 0.1 ? 1 : -1;
});
const kernel = { type: 'rbf', gamma: 0.5 } as const;

const classification = (bounds: DualProblem['bounds'], cacheBytes: number): DualProblem => ({
  kernel: createKernelRows(x, kernel, cacheBytes),
  signs: noisy,
  linear: new Float64Array(rows).fill(-1),
  bounds,
  tolerance: 1e-3,
  maxIterations: 100_000,
});

const regression = (cacheBytes: number): DualProblem => ({
  kernel: createKernelRows(x, kernel, cacheBytes),
  signs: Int8Array.from({ length: 2 * rows }, (_, t) => (t < rows ? 1 : -1)),
  linear: Float64Array.from({ length: 2 * rows }, (_, t) => {
    const y = Math.sin(x.values[4 * (t % rows)] as number) + 0.3 * (noisy[t % rows] as number);
    return t < rows ? 0.1 - y : 0.1 + y;
  }),
  bounds: { negative: 5, positive: 5 },
  tolerance: 1e-3,
  maxIterations: 100_000,
});

/** The largest violation of the optimality conditions over all pairs, by a kernel of its own. */
const violationOf = ({ signs, linear, bounds }: DualProblem, alpha: Float64Array): number => {
  const rowOf = createKernelRows(x, kernel, 1e9);
  const pull = linear.map((value, t) => -(signs[t] as number) * value);
  for (let s = 0; s < alpha.length; s++) {
    if (alpha[s] === 0) continue;
    const row = rowOf.row(s % rows, rows);
    const change = (signs[s] as number) * (alpha[s] as number);
    for (let t = 0; t < pull.length; t++) pull[t] = (pull[t] as number) - change * (row[t % rows] as number);
  }
  const bound = (t: number) => ((signs[t] as number) > 0 ? bounds.positive : bounds.negative);
  const grows = (t: number) => (alpha[t] as number) < bound(t);
  const shrinks = (t: number) => (alpha[t] as number) > 0;
  const rising = pull.filter((_, t) => ((signs[t] as number) > 0 ? grows(t) : shrinks(t)));
  const falling = pull.filter((_, t) => ((signs[t] as number) > 0 ? shrinks(t) : grows(t)));
  return Math.max(...rising) - Math.min(...falling);
};

// 900 rows take some rounds of shrinking; a cache of 20 rows has to compute them over and over
test.each<[string, DualProblem]>([
  ['a classifier', classification({ negative: 10, positive: 10 }, 1e9)],
  ['a classifier with a small cache', classification({ negative: 10, positive: 10 }, 20 * 4 * rows)],
  ['a classifier whose classes weigh differently', classification({ negative: 1, positive: 30 }, 1e9)],
  ['a regressor', regression(1e9)],
  ['a regressor with a small cache', regression(20 * 4 * rows)],
])('the solution of %s is optimal over all rows, shrunk or not', (_name, problem) => {
  const { alpha, iterations, converged } = solveDual(problem);
  expect(converged).toBe(true);
  expect(iterations).toBeGreaterThan(rows);
  expect(violationOf(problem, alpha)).toBeLessThan(2e-3);
  const balance = alpha.reduce((sum, value, t) => sum + value * (problem.signs[t] as number), 0);
  expect(Math.abs(balance)).toBeLessThan(1e-6);
  expect(
    alpha.every(
      (value, t) => value >= 0 && value <= problem.bounds[(problem.signs[t] as number) > 0 ? 'positive' : 'negative'],
    ),
  ).toBe(true);
});

test('the iterations that were asked for are not exceeded, and the end is no optimum then', () => {
  const { iterations, converged } = solveDual({ ...regression(1e9), maxIterations: 100 });
  expect({ iterations, converged }).toEqual({ iterations: 100, converged: false });
});
