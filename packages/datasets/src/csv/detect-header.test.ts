import { expect, test } from '@jest/globals';
import { hasHeader } from './detect-header.ts';
import { parseRecords } from './parse-records.ts';

const header = (text: string) => hasHeader(parseRecords(text, ',', true));

test('words above numbers are a header', () => {
  expect(header('id,price\n1,2.5\n2,3.5\n')).toBe(true);
});

test('numbers above numbers are data', () => {
  expect(header('1,2\n3,4\n')).toBe(false);
  expect(header('5.1,setosa\n4.9,setosa\n')).toBe(false);
});

test('a header above text alone is one if none of its values comes again', () => {
  expect(header('name,city\njoe,paris\nann,rome\n')).toBe(true);
  expect(header('rome,paris\nrome,oslo\n')).toBe(false);
});

test('an empty name does not make a header data', () => {
  expect(header(',a,b\n0,1,2\n1,3,4\n')).toBe(true);
});

test('a single line of words is a header, of numbers data', () => {
  expect(header('a,b\n')).toBe(true);
  expect(header('1,2\n')).toBe(false);
});

test('missing values do not hide what a column holds', () => {
  expect(header('a,b\nNA,\n1,2024-01-01\n')).toBe(true);
  expect(header('3,2024-01-02\nNA,\n1,2024-01-01\n')).toBe(false);
});
