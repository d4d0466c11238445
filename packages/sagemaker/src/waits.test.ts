import { expect, test } from '@jest/globals';
import { waitsForJob, waitsForRoom } from './waits.ts';

const pace = { pollSeconds: 30, patienceSeconds: 3600 };

test.each([
  [0, 30],
  [60, 30],
  [400, 100],
  [3599, 300],
])('after %i s of refusals the next try comes in %i s', (waited, delaySeconds) => {
  expect(waitsForRoom(waited * 1000, pace)).toMatchObject({ delaySeconds });
});

test('patience ends', () => {
  expect(waitsForRoom(3_600_000, pace)).toBeUndefined();
});

test('a job is looked at at an even pace, whatever status SageMaker may invent', () => {
  expect(waitsForJob('Training', 30)).toEqual({ kind: 'waits', delaySeconds: 30, progress: 0.6 });
  expect(waitsForJob('Dreaming', 30)).toMatchObject({ delaySeconds: 30, progress: 0.1 });
});
