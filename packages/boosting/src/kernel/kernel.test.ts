import { expect, test } from '@jest/globals';
import { kernelModule, startKernel } from './kernel.ts';
import { allocate } from './plan-memory.ts';

/** Two wide features and one narrow one of five rows, laid out by hand. */
const start = () => {
  const memory = allocate(1 << 20);
  const at = { binsByRow: 70_000, binsByColumn: 71_000, valueBins: 72_000, scratch: 80_000 };
  const kernel = startKernel(kernelModule(), memory, { ...at, rowCount: 5, features: 3, wideFeatures: 2 });
  const columns = [
    [0, 254, 255, 7, 7],
    [3, 3, 3, 3, 255],
    [0, 14, 15, 1, 0],
  ];
  new Uint8Array(memory.buffer, at.binsByColumn, 15).set(columns.flat());
  const byRow = new Uint8Array(memory.buffer, at.binsByRow, 15);
  for (let row = 0; row < 5; row++) for (let f = 0; f < 3; f++) byRow[row * 3 + f] = columns[f]?.[row] as number;
  new Int32Array(memory.buffer, at.valueBins, 3).set([255, 255, 15]);
  return { kernel, memory };
};

const list = (memory: WebAssembly.Memory, address: number, length: number): Uint32Array =>
  new Uint32Array(memory.buffer, address, length);

const gradients = 90_000;
const histogram = 100_000;

const fill = (rows: readonly number[], first = 0, last = 3) => {
  const { kernel, memory } = start();
  list(memory, 95_000, rows.length).set(rows);
  new Float32Array(memory.buffer, gradients, 10).set([1, 10, 2, 20, 3, 30, 4, 40, 5, 50]);
  kernel.fillHistogram(95_000, rows.length, gradients, histogram, first, last);
  const cell = (feature: number, bin: number): number[] =>
    Array.from(new Float64Array(memory.buffer, histogram + kernel.cellsOffset(feature) + 16 * bin, 2));
  return { kernel, memory, cell };
};

test('a histogram holds the gradient and hessian of each bin, in cells of 256 or 16 a feature', () => {
  const { kernel, cell } = fill([0, 1, 2, 3, 4]);
  expect([0, 1, 2, 3].map(kernel.cellsOffset)).toEqual([0, 4096, 8192, 8448]);
  expect([cell(0, 0), cell(0, 7), cell(0, 254), cell(0, 255)]).toEqual([
    [1, 10],
    [9, 90],
    [2, 20],
    [3, 30],
  ]);
  expect([cell(1, 3), cell(1, 255)]).toEqual([
    [10, 100],
    [5, 50],
  ]);
  expect([cell(2, 0), cell(2, 1), cell(2, 14), cell(2, 15)]).toEqual([
    [6, 60],
    [4, 40],
    [2, 20],
    [3, 30],
  ]);
});

test('a histogram counts the listed rows only, and a row as often as it is listed', () => {
  const { cell } = fill([3, 3, 4]);
  expect([cell(0, 7), cell(0, 0)]).toEqual([
    [13, 130],
    [0, 0],
  ]);
});

test('features outside of the range are left as they were', () => {
  const { memory, cell } = fill([0], 1, 2);
  expect([cell(1, 3), cell(0, 0), cell(2, 0)]).toEqual([
    [1, 10],
    [0, 0],
    [0, 0],
  ]);
  expect(new Float64Array(memory.buffer, histogram, 512).every((value) => value === 0)).toBe(true);
});

test('a parent less one child is the other child', () => {
  const { kernel, memory, cell } = fill([0, 1, 2, 3, 4]);
  const child = histogram + 16_384;
  list(memory, 95_100, 2).set([1, 3]);
  kernel.fillHistogram(95_100, 2, gradients, child, 0, 3);
  kernel.subtractHistogram(histogram, child, 0, 3);
  expect([cell(0, 7), cell(0, 254), cell(0, 255), cell(2, 0)]).toEqual([
    [5, 50],
    [0, 0],
    [3, 30],
    [6, 60],
  ]);
});

test.each([
  ['right', 256, [0, 3, 4], [1, 2]],
  ['left', 255, [0, 2, 3, 4], [1]],
])('rows are divided in their order, those without a value to the %s', (_name, leftMissing, left, right) => {
  const { kernel, memory } = start();
  list(memory, 95_000, 5).set([0, 1, 2, 3, 4]);
  expect(kernel.divideRows(95_000, 5, 0, 7, leftMissing, 95_000, 96_000)).toBe(left.length);
  expect(Array.from(list(memory, 95_000, left.length))).toEqual(left);
  expect(Array.from(list(memory, 96_000, right.length))).toEqual(right);
});

test('Poisson numbers have the mean and the share of zeros that they should', () => {
  const { kernel } = start();
  const draws = Array.from({ length: 4096 }, (_, i) => kernel.poisson((i + 0.5) * 2 ** 20, 1, Math.exp(-1)));
  expect(draws.reduce((sum, count) => sum + count, 0) / draws.length).toBeCloseTo(1, 2);
  expect(draws.filter((count) => count === 0).length / draws.length).toBeCloseTo(Math.exp(-1), 2);
});
