import { expect, test } from '@jest/globals';
import { progressOfFits } from './progress-of-fits.ts';

test('each fit weighs as much as it has rows', () => {
  const seen: number[] = [];
  const progress = progressOfFits([{ length: 30 }, { length: 70 }], (fraction) => seen.push(fraction));

  const first = progress.next();
  first(0.5);
  first(1);
  progress.next()(0.5);

  expect(seen).toEqual([0.15, 0.3, 0.65]);
});
