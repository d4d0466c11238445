import { expect, test } from '@jest/globals';
import { jobProgress } from './job-progress.ts';
import type { PlannedCandidate } from './plan-candidates.ts';

const candidates = [{ trials: 15 }, { trials: 5 }] as PlannedCandidate[];

test('the share is of all trials that may come, not of those that were asked for', () => {
  expect(jobProgress({ candidates }, { all: 8, done: 5, elapsed: 0 })).toBe(0.25);
});

test('when the minutes will be spent first, it is theirs', () => {
  expect(jobProgress({ candidates, minutes: 10 }, { all: 8, done: 5, elapsed: 300_000 })).toBe(0.5);
  expect(jobProgress({ candidates, minutes: 10 }, { all: 8, done: 15, elapsed: 300_000 })).toBe(0.75);
});

test('only its end is the end', () => {
  expect(jobProgress({ candidates, minutes: 1 }, { all: 20, done: 20, elapsed: 90_000 })).toBe(0.99);
});
