import { expect, test } from '@jest/globals';
import { count, spread, times } from './figures.ts';

test('a ratio just below a target does not read as the target', () => {
  expect(times(7.99)).toBe('7.9×');
  expect(times(0.96)).toBe('0.9×');
  expect(times(8)).toBe('8.0×');
});

test('a spread shows the median and both ends', () => {
  expect(spread({ median: 12_345.4, min: 11_000, max: 13_000 }, count)).toBe('12,345 (11,000–13,000)');
});
