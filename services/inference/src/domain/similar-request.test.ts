import type { Column } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { readSimilarRequest, type SimilarQuery } from './similar-request.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, kind, nullable: true });
const cut = column('cut', 'categorical');
const carat = column('carat', 'numeric');
const sold = column('sold', 'timestamp');
const paid = column('paid', 'boolean');
const n = column('n', 'integer');
const schema = [cut, carat, sold, paid, n];

const read = (query: Omit<SimilarQuery, 'n'>) => readSimilarRequest({ n: 5, ...query }, schema);

test('values stand under the names of their columns, and are read as these are', () => {
  expect(read({ by: 'cut, paid', near: 'carat', cut: 'Ideal', paid: 'yes', carat: '1.2' })).toEqual({
    count: 5,
    same: [
      { column: cut, value: 'Ideal' },
      { column: paid, value: true },
    ],
    near: { column: carat, value: 1.2 },
  });
  expect(read({ by: 'cut', cut: '' })).toEqual({ count: 5, same: [{ column: cut, value: null }] });
});

test('a column may be called like an option', () => {
  expect(read({ near: 'n', 'column.n': '7' })).toEqual({ count: 5, same: [], near: { column: n, value: 7 } });
  expect(() => read({ near: 'n' })).toThrow(expect.objectContaining({ code: 'value-missing' }));
});

test.each([
  ['2024-01-02', '2024-01-02T00:00:00Z'],
  ['2024-01-02 03:04', '2024-01-02T03:04:00Z'],
  ['2024-01-02T03:04:05.5', '2024-01-02T03:04:05.500Z'],
  ['2024-01-02T03:04:05+02:00', '2024-01-02T01:04:05Z'],
])('the time %s is %s', (given, time) => {
  expect(read({ near: 'sold', sold: given }).near?.value).toBe(Date.parse(time));
});

test.each<[string, Omit<SimilarQuery, 'n'>, object]>([
  ['no column', {}, { code: 'columns-missing', options: expect.objectContaining({ field: 'by' }) }],
  [
    'an unknown column',
    { by: 'cutt', cutt: 'x' },
    { code: 'column-missing', options: expect.objectContaining({ field: 'by' }) },
  ],
  [
    'an unknown near column',
    { near: 'karat', karat: '1' },
    { code: 'column-missing', options: expect.objectContaining({ field: 'near' }) },
  ],
  ['no value', { by: 'cut' }, { code: 'value-missing', options: expect.objectContaining({ field: 'cut' }) }],
  [
    'two values',
    { by: 'cut', cut: ['a', 'b'] },
    { code: 'value-refused', options: expect.objectContaining({ field: 'cut' }) },
  ],
  [
    'a word near a number',
    { near: 'carat', carat: 'big' },
    { code: 'value-refused', options: expect.objectContaining({ field: 'carat' }) },
  ],
  ['infinity', { near: 'carat', carat: 'Infinity' }, { code: 'value-refused' }],
  ['nothing near', { near: 'carat', carat: '' }, { code: 'value-refused' }],
  ['a day that is none', { near: 'sold', sold: '2024-13-45' }, { code: 'value-refused' }],
  ['a maybe', { by: 'paid', paid: 'maybe' }, { code: 'value-refused' }],
  [
    'words near each other',
    { near: 'cut', cut: 'x' },
    { code: 'column-not-numeric', options: expect.objectContaining({ field: 'near' }) },
  ],
  ['a value that nothing asks for', { by: 'cut', cut: 'x', carta: '1' }, { code: 'parameter-unknown' }],
])('%s is refused', (_, query, expected) => {
  expect(() => read(query)).toThrow(expect.objectContaining(expected));
});
