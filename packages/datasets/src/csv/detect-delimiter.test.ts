import { expect, test } from '@jest/globals';
import { detectDelimiter } from './detect-delimiter.ts';

test.each([
  ['a,b\n1,2\n', ','],
  ['a;b\n1;2\n', ';'],
  ['a\tb\n1\t2\n', '\t'],
  ['a|b\n1|x,y\n', '|'],
  ['one\n1\n2\n', ','],
])('%j is delimited by %j', (text, delimiter) => {
  expect(detectDelimiter(text, true)).toBe(delimiter);
});

test('a decimal comma is no delimiter', () => {
  expect(detectDelimiter('1;2,5\n3;4,5\n', true)).toBe(';');
});

test('a delimiter within quotes does not count', () => {
  expect(detectDelimiter('name,note\n"x","a;b;c"\n"y","d;e;f"\n', true)).toBe(',');
});

test('a few ragged rows do not hide the delimiter', () => {
  expect(detectDelimiter('a,b\n1,2\n3,4,5\n6,7\n', true)).toBe(',');
});

test('the last row of a sample that was cut is left out', () => {
  expect(detectDelimiter('a,b\n1,2\n3;4;5;', false)).toBe(',');
});
