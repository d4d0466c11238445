import { expect, test } from '@jest/globals';
import { negativeExponential } from './negative-exponential.ts';

test('agrees with Math.exp to 3e-9 of its value, and ends in 0', () => {
  const arguments_ = Array.from({ length: 75_000 }, (_, index) => index * 0.00137);
  const errors = arguments_.map((z) => Math.abs(negativeExponential(z) / Math.exp(-z) - 1));
  expect(errors.reduce((worst, error) => Math.max(worst, error))).toBeLessThan(3e-9);
  expect([0, 104, 1e9, Number.POSITIVE_INFINITY].map(negativeExponential)).toEqual([1, 0, 0, 0]);
});
