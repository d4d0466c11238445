import { expect, test } from '@jest/globals';
import { median, percentile, ratiosByRound, spreadOf } from './statistics.ts';

test('the median of an odd number of values is the middle one by size, not by text', () => {
  expect(median([100, 9, 20])).toBe(20);
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a median leaves the order of its rounds alone', () => {
  const rounds = [3, 1, 2];
  median(rounds);
  expect(rounds).toEqual([3, 1, 2]);
});

test('of no rounds there is neither median nor percentile', () => {
  expect(() => median([])).toThrow(RangeError);
  expect(() => percentile(new Float64Array(), 0.5)).toThrow(RangeError);
});

test('a spread is the median with both ends', () => {
  expect(spreadOf([5, 1, 2])).toEqual({ median: 2, min: 1, max: 5 });
});

test('ratios pair what was measured in the same round', () => {
  const ours = [100, 50, 90];
  const theirs = [10, 5, 10];
  expect(ratiosByRound(ours, theirs)).toEqual([10, 10, 9]);
  // The quotient of the medians would say 9 here.
  expect(median(ratiosByRound(ours, theirs))).toBe(10);
});

test('rounds that one side did not finish make no ratio', () => {
  expect(() => ratiosByRound([1, 2], [1])).toThrow(RangeError);
});

test('a percentile is a value that was measured, by nearest rank', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile(Float64Array.of(7), 0.01)).toBe(7);
});
