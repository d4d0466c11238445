import { expect, test } from '@jest/globals';
import { chartScale, ticksBetween } from './chart-scale.ts';

test('values come between the ends of the range, in either direction', () => {
  const scale = chartScale([10, 30, Number.NaN], [100, 0]);

  expect([scale(10), scale(20), scale(30)]).toEqual([100, 50, 0]);
});

test('one value alone comes into the middle', () => {
  expect(chartScale([5, 5], [0, 100])(5)).toBe(50);
  expect(chartScale([], [0, 100])(0)).toBe(50);
});

test('ticks are round and within the bounds', () => {
  expect(ticksBetween(187, 382, 4)).toEqual([200, 250, 300, 350]);
  expect(ticksBetween(-0.13, 0.21, 4)).toEqual([-0.1, 0, 0.1, 0.2]);
  expect(ticksBetween(3, 3, 4)).toEqual([3]);
});
