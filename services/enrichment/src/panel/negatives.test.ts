import { expect, test } from '@jest/globals';
import { addSigns, negativesOf, noSigns } from './negatives.ts';

const signsOf = (negative: number, values: number) =>
  addSigns(
    noSigns,
    Float64Array.from({ length: values + 1 }, (_, i) => (i === values ? Number.NaN : i < negative ? -1 : 1)),
  );

test('a few negative values are errors, many are values, as long as nobody says otherwise', () => {
  expect(signsOf(2, 100)).toEqual({ values: 100, negative: 2 });
  expect(negativesOf('rare-forward', signsOf(2, 100))).toBe('forward');
  expect(negativesOf('rare-forward', signsOf(3, 100))).toBe('keep');
  expect(negativesOf('rare-forward', signsOf(0, 100))).toBe('keep');
  expect(negativesOf('zero', signsOf(50, 100))).toBe('zero');
});
