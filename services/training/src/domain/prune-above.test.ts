import { expect, test } from '@jest/globals';
import { pruneAbove } from './prune-above.ts';

test('before there is a best third, nothing is hopeless', () => {
  expect(pruneAbove([])).toBeUndefined();
  expect(pruneAbove([1, 2, 3])).toBeUndefined();
});

test('hopeless is what is farther from the worst of the best third than that is from the best', () => {
  expect(pruneAbove([9, 1, 2, 8])).toBe(3);
  expect(pruneAbove([1, 2, 4, 5, 6, 7, 8])).toBe(7);
});

test('where all are equal, only what is worse is hopeless', () => {
  expect(pruneAbove([5, 5, 5, 5])).toBe(5);
});

test('losses below zero, of metrics that are better when greater, count alike', () => {
  expect(pruneAbove([-0.9, -0.8, -0.5, -0.4])).toBeCloseTo(-0.7);
});
