import { expect, test } from '@jest/globals';
import { cellOf, type StampStyle, stampText } from './forecast-files.ts';

test.each<[StampStyle, string]>([
  ['day', '2024-11-12'],
  ['time', '2024-11-12T09:30:00.000Z'],
  [{ clock: ' ' }, '2024-11-12 09:30:00'],
  [{ clock: 'T' }, '2024-11-12T09:30:00'],
])('a stamp in the style %j is %s', (style, wanted) => {
  expect(stampText('2024-11-12T09:30:00.000Z', style)).toBe(wanted);
});

test('numbers are written with the digits that a double is sure of, what is no number as it is', () => {
  expect([4.999999999999998, 27.999999999999993, 0.1, 1e-12, 123456789012345680000, 'a', null].map(cellOf)).toEqual([
    5,
    28,
    0.1,
    1e-12,
    123456789012345680000,
    'a',
    null,
  ]);
});
