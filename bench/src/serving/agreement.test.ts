import { expect, test } from '@jest/globals';
import { largestDifference } from './agreement.ts';

test('the difference is relative to the size of the predictions, and the worst one counts', () => {
  expect(largestDifference([100, 1], [101, 1])).toBeCloseTo(1 / 101, 12);
  expect(largestDifference([-2, 0], [-2, 0])).toBe(0);
});

test.each([
  ['nothing was predicted', [], []],
  ['a prediction is missing', [1, 2], [1]],
  ['a prediction is no number', [1], ['1']],
  ['a prediction is NaN', [Number.NaN], [1]],
])('there is no agreement when %s', (_what, ours, theirs) => {
  expect(largestDifference(ours, theirs)).toBe(Number.POSITIVE_INFINITY);
});
