import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { coreShare, newRunning } from './core-share.ts';

test('trials that run side by side share the cores evenly, and each has one at least', () => {
  const running = newRunning();
  const shareOf = (trials: number, cores?: number) => {
    Atomics.store(running, 0, trials);
    return coreShare(running, cores);
  };
  expect([1, 2, 3, 4, 9].map((trials) => shareOf(trials, 8))).toEqual([8, 4, 2, 2, 1]);
  expect(shareOf(1)).toBe(availableParallelism());
});
