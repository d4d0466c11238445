import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonErrorOffset } from './json-error-offset.ts';

test.each([
  ['{"a":x}', 5],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ["{'a':1}", 1],
  ['{"a" 1}', 5],
  ['{"a":1} x', 8],
  ['{"a":01}', 5],
  ['[1}', 2],
  ['{"a":[1,{"b":"c}', 13],
  ['', 0],
  ['  ', 2],
  ['{"a":', 5],
  ['[tru]', 1],
  ['"a\nb"', 0],
  ['undefined', 0],
])('%j stops being JSON at offset %i', (text, offset) => {
  expect(jsonErrorOffset(text)).toBe(offset);
});

test('valid JSON is read to its end', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonErrorOffset(text)).toBe(text.length);
    }),
  );
});

test('a strange character put into JSON is found at its place or where its text began', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(), (numbers, seed) => {
      const text = JSON.stringify(numbers);
      const place = seed % (text.length + 1);
      expect(jsonErrorOffset(`${text.slice(0, place)}§${text.slice(place)}`)).toBeLessThanOrEqual(place);
    }),
  );
});

test('a mistake beyond the limit is not searched for', () => {
  expect(jsonErrorOffset('[1,2,3,x]', 4)).toBeUndefined();
  expect(jsonErrorOffset('[1,2,3,x]')).toBe(7);
});
