import { expect, test } from '@jest/globals';
import { nearestName } from './nearest-name.ts';

test.each([
  ['algoritm', 'algorithm'],
  ['hyperparametres', 'hyperparameters'],
  ['Version', 'version'],
  ['vesrion', 'version'],
  ['xyz', undefined],
  ['', undefined],
  ['v'.repeat(1_000_000), undefined],
])('%.20s was meant as %s', (given, meant) => {
  expect(nearestName(given, ['algorithm', 'hyperparameters', 'version'])).toBe(meant);
});
