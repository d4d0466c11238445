import { expect, test } from '@jest/globals';
import { channelLines, csvNumber } from './channel-lines.ts';

test.each([
  [1, '1'],
  [-0.5, '-0.5'],
  [3.95, '3.950000047683716'],
  [2 ** 24 + 1, '16777216'],
  [1e300, '3.4028234663852886e+38'],
  [Number.NEGATIVE_INFINITY, '-3.4028234663852886e+38'],
  [Number.NaN, 'nan'],
])('%p is written as the float32 that it becomes', (value, text) => {
  expect(csvNumber(value)).toBe(text);
});

test('the label comes first, rows in their order, and nothing else', () => {
  const x = { rows: 2, columns: 2, values: Float64Array.of(1, Number.NaN, 3, 4) };

  expect([...channelLines(x, Float64Array.of(10, 20))].join('')).toBe('10,1,nan\n20,3,4\n');
  expect([...channelLines(x)].join('')).toBe('1,nan\n3,4\n');
});

test('a long table comes in pieces that end with a line', () => {
  const rows = 400_000;
  const x = { rows, columns: 1, values: new Float64Array(rows).fill(0.25) };

  const pieces = [...channelLines(x, new Float64Array(rows))];

  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
  expect(pieces.join('').split('\n')).toHaveLength(rows + 1);
});
