import { expect, test } from '@jest/globals';
import { bestOfJob, type MadeVersion } from './best-of-job.ts';

const made = (version: number, test: number, validation?: number): MadeVersion => ({
  version,
  metrics: { rmse: test, accuracy: test },
  validationMetrics: validation === undefined ? undefined : { rmse: validation, accuracy: validation },
});

test('what the job promoted is its best', () => {
  expect(bestOfJob([made(1, 5, 5), made(2, 1, 1)], 'rmse', 1)).toBe(1);
});

test('else its best is by validation, and by the held-out rows where nothing was validated', () => {
  expect(bestOfJob([made(1, 5, 1), made(2, 1, 5)], 'rmse', undefined)).toBe(1);
  expect(bestOfJob([made(1, 0.5, 0.1), made(2, 0.1, 0.5)], 'accuracy', undefined)).toBe(2);
  expect(bestOfJob([made(1, 5), made(2, 1)], 'rmse', undefined)).toBe(2);
});

test('a promoted version that was deleted makes room for the next best, and nothing is left of nothing', () => {
  expect(bestOfJob([made(2, 3, 3), made(3, 2, 2)], 'rmse', 1)).toBe(3);
  expect(bestOfJob([], 'rmse', 1)).toBeUndefined();
});
