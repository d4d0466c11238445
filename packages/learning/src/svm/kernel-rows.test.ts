import { expect, test } from '@jest/globals';
import { createKernelRows } from './kernel-rows.ts';

const x = { rows: 5, columns: 2, values: Float64Array.of(0, 0, 1, 0, 0, 2, 3, 3, -1, 4) };
const kernelOf = (one: number, other: number): number => {
  const dx = (x.values[2 * one] as number) - (x.values[2 * other] as number);
  const dy = (x.values[2 * one + 1] as number) - (x.values[2 * other + 1] as number);
  return Math.exp(-0.3 * (dx * dx + dy * dy));
};

const expectRow = (row: Float32Array, index: number, order: readonly number[]) => {
  for (const [position, other] of order.entries()) expect(row[position]).toBeCloseTo(kernelOf(index, other), 7);
};

test.each([0, 8 * 5, 1000])('rows are right however small the cache is (%d bytes)', (cacheBytes) => {
  const rows = createKernelRows(x, { type: 'rbf', gamma: 0.3 }, cacheBytes);
  expect([...rows.diagonal]).toEqual([1, 1, 1, 1, 1]);
  for (const index of [0, 1, 2, 0, 3, 4, 1, 1, 4]) expectRow(rows.row(index, 5), index, [0, 1, 2, 3, 4]);
});

test('the two last rows stay intact', () => {
  const rows = createKernelRows(x, { type: 'rbf', gamma: 0.3 }, 0);
  rows.row(4, 5);
  const one = rows.row(2, 5);
  const two = rows.row(0, 5);
  expectRow(one, 2, [0, 1, 2, 3, 4]);
  expectRow(two, 0, [0, 1, 2, 3, 4]);
});

test.each([0, 1000])('rows follow their positions, and are completed when more is asked for (%d bytes)', (bytes) => {
  const rows = createKernelRows(x, { type: 'rbf', gamma: 0.3 }, bytes);
  rows.row(3, 5);
  rows.swap(Int32Array.of(0, 3, 1, 4));
  expectRow(rows.row(0, 3), 3, [3, 4, 2]);
  expectRow(rows.row(2, 3), 2, [3, 4, 2]);
  rows.swap(Int32Array.of(1, 0));
  expectRow(rows.row(1, 2), 3, [4, 3]);
  for (const [position, index] of [4, 3, 2, 0, 1].entries()) expectRow(rows.row(position, 5), index, [4, 3, 2, 0, 1]);
});
