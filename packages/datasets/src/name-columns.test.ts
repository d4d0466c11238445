import { expect, test } from '@jest/globals';
import { nameColumns } from './name-columns.ts';

const codes = (found: readonly string[]) => nameColumns(found).problems.map(({ code, column }) => `${code} ${column}`);

test('an empty name becomes column_N, another one if that is taken, with a warning', () => {
  expect(nameColumns(['', 'a', ' ', 'column_1']).names).toEqual(['column_1_2', 'a', 'column_3', 'column_1']);
  expect(codes(['', 'a'])).toEqual(['unnamed-column column_1']);
});

test('names that are the same but for their case are refused, and named', () => {
  const [problem] = nameColumns(['Price', 'x', 'price']).problems;
  expect(problem).toMatchObject({ code: 'duplicate-column', severity: 'error', column: 'Price' });
  expect(problem?.message).toContain('1, 3');
});

test('any Unicode is a name, up to 256 characters', () => {
  const names = ['a"b', 'x; drop table', '../x', '数量', '🙂'.repeat(256), '__proto__'];
  expect(nameColumns(names)).toEqual({ names, problems: [] });
  expect(codes(['x'.repeat(257)])).toEqual([`bad-column-name ${'x'.repeat(256)}`]);
});

test('control characters in a name are refused', () => {
  expect(codes(['a\nb'])).toEqual(['bad-column-name a\nb']);
  expect(codes(['a\u0000'])).toEqual(['bad-column-name a\u0000']);
});
