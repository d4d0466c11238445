import { expect, test } from '@jest/globals';
import { isSkewed } from './is-skewed.ts';

/** Of the prices of 53,940 diamonds. */
const prices = { min: 326, quantiles: [544, 950, 2401, 5324.25, 13107] };

test('prices are skewed; what is even, negative, unknown or a class is not', () => {
  expect(isSkewed('regression', prices)).toBe(true);
  expect(isSkewed('regression', { min: 0, quantiles: [1, 2, 3, 4, 5] })).toBe(false);
  expect(isSkewed('regression', { ...prices, min: -1 })).toBe(false);
  expect(isSkewed('regression', { min: 0 })).toBe(false);
  expect(isSkewed('regression', undefined)).toBe(false);
  expect(isSkewed('classification', prices)).toBe(false);
});
