import { expect, test } from '@jest/globals';
import { bytes, duration, figure, plural } from './figures.ts';

test.each([
  [0.9354838709, '0.93548'],
  [205610.4, '205610'],
  [-0, '0'],
  [1.6972e-7, '1.6972e-7'],
  [3.2e12, '3.2e+12'],
  [undefined, '–'],
])('the figure %p reads %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

test.each([
  [0.514, '0.51 s'],
  [12.34, '12.3 s'],
  [119.9, '2 min 0 s'],
  [185, '3 min 5 s'],
])('%p seconds read %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('sizes are in binary units, and one is not many', () => {
  expect([bytes(1023), bytes(411_780), bytes(2 ** 30)]).toEqual(['1023 B', '402.1 KiB', '1.0 GiB']);
  expect([plural(1, 'row'), plural(6000, 'row')]).toEqual(['1 row', '6,000 rows']);
});
