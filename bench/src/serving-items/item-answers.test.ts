import { expect, test } from '@jest/globals';
import { differenceOf } from './item-answers.ts';

const of = (path: string, prediction: unknown) => ({ path, prediction });

test('the difference is relative to the mean prediction', () => {
  expect(differenceOf([of('a', 10), of('b', 30)], [of('a', 12), of('b', 28)])).toBeCloseTo(0.1, 12);
});

test.each([
  ['other items', [of('a', 1)], [of('b', 1)]],
  ['fewer items', [of('a', 1)], []],
  ['more items', [of('a', 1)], [of('a', 1), of('b', 1)]],
  ['no number', [of('a', '1')], [of('a', 1)]],
  ['nothing', [], []],
])('there is no agreement on %s', (_, ours, theirs) => {
  expect(differenceOf(ours, theirs)).toBeNaN();
});
