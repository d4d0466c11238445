import { expect, test } from '@jest/globals';
import { chartedInterval } from './charted-interval.ts';

test('the interval of 80 % is shown where it was asked for, else the widest', () => {
  expect(chartedInterval([0.05, 0.1, 0.5, 0.9, 0.95])).toEqual({ lower: 0.1, upper: 0.9, name: '80 % interval' });
  expect(chartedInterval([0.025, 0.25, 0.75, 0.975])).toEqual({ lower: 0.025, upper: 0.975, name: '95 % interval' });
});

test('quantiles without a partner make none', () => {
  expect(chartedInterval([0.5])).toBeUndefined();
  expect(chartedInterval([0.2, 0.7])).toBeUndefined();
});
