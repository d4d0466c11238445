import { expect, test } from '@jest/globals';
import { retryDelay } from './retry-delay.ts';

const hour = 3_600_000;

test('the longer it has waited, the longer it waits, between 5 seconds and 15 minutes', () => {
  expect([0, 60_000, hour, 5 * hour].map((now) => retryDelay(0, now))).toEqual([5, 6, 360, 900]);
});

test('after six hours it gives up', () => {
  expect(retryDelay(0, 6 * hour)).toBe(900);
  expect(retryDelay(0, 6 * hour + 1_000)).toBeUndefined();
});
