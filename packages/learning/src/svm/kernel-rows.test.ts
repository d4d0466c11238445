import { expect, test } from '@jest/globals';
import { createKernelRows } from './kernel-rows.ts';

const x = { rows: 5, columns: 2, values: Float64Array.of(0, 0, 1, 0, 0, 2, 3, 3, -1, 4) };
const expectedRow = (index: number): number[] =>
  [0, 1, 2, 3, 4].map((other) => {
    const dx = (x.values[2 * index] as number) - (x.values[2 * other] as number);
    const dy = (x.values[2 * index + 1] as number) - (x.values[2 * other + 1] as number);
    return Math.fround(Math.exp(-0.3 * (dx * dx + dy * dy)));
  });

test('rows are right in any order of use, however small the cache', () => {
  for (const cacheBytes of [0, 3 * 4 * 5, 1e6]) {
    const kernel = createKernelRows(x, { type: 'rbf', gamma: 0.3 }, cacheBytes);
    for (const index of [0, 1, 0, 2, 3, 4, 0, 2, 1, 1, 4, 3]) {
      for (const [other, value] of kernel.row(index).entries()) {
        expect(value).toBeCloseTo(expectedRow(index)[other] as number, 6);
      }
    }
  }
});

test('the two rows asked for last are intact, even in the smallest cache', () => {
  const kernel = createKernelRows(x, { type: 'rbf', gamma: 0.3 }, 0);
  kernel.row(4);
  const one = kernel.row(0);
  const two = kernel.row(1);
  expect(one[0]).toBe(1);
  expect(two[1]).toBe(1);
  expect(kernel.row(0)).toBe(one);
  kernel.row(3);
  expect(one[0]).toBe(1);
});
