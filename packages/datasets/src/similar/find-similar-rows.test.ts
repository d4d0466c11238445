import type { Column } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { inspectHere } from '../../test/inspect-here.ts';
import { findSimilarRows, type SimilarRequest } from './find-similar-rows.ts';

const gems = [
  'cut,carat,sold,paid',
  'Ideal,1.0,2024-01-01,true',
  'Good,1.2,2024-01-02,true',
  'Ideal,1.5,2024-01-03,false',
  'Ideal,1.1,2024-01-04,true',
  'Ideal,1.3,,true',
  'Ideal,,2024-01-06,false',
  ',1.2,2024-01-07,false',
  '"Ideal"" OR 1=1 --",1.2,2024-01-08,true',
].join('\n');

async function similar(request: Omit<SimilarRequest, 'count'> & { count?: number }, content = gems) {
  const stored = await inspectHere(content);
  if (!stored.ok) throw new Error(stored.problems[0]?.message);
  const names = stored.schema.map(({ name }) => name);
  return await findSimilarRows(stored.output, names, { count: 10, ...request });
}

const column = (name: string, kind: Column['kind']): Column => ({ name, kind, nullable: true });
const cut = column('cut', 'categorical');
const carat = column('carat', 'numeric');

test('the nearest rows of the same category come first, those as near as another in the table’s order', async () => {
  const found = await similar({
    same: [{ column: cut, value: 'Ideal' }],
    near: { column: carat, value: 1.2 },
    count: 3,
  });

  expect(found.matching).toBe(4);
  expect(found.rows.map(({ row }) => row)).toEqual([4, 5, 1]);
  expect(found.rows[0]?.distance).toBeCloseTo(0.1, 12);
  expect(found.rows[0]?.values).toEqual({ cut: 'Ideal', carat: 1.1, sold: '2024-01-04T00:00:00.000Z', paid: true });
});

test('ties go by the table’s order, however many rows there are', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `${index % 2 === 0 ? 1 : 3},k${index % 3}`);
  const found = await similar(
    { same: [{ column: column('k', 'categorical'), value: 'k1' }], near: { column: column('x', 'integer'), value: 2 } },
    ['x,k', ...lines].join('\n'),
  );

  expect(found.matching).toBe(1667);
  expect(found.rows.map(({ row }) => row)).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29]);
});

test('a value is compared and never executed', async () => {
  const value = 'Ideal" OR 1=1 --';
  expect((await similar({ same: [{ column: cut, value }] })).rows.map(({ row }) => row)).toEqual([8]);
  expect((await similar({ same: [{ column: cut, value: "' OR true --" }] })).matching).toBe(0);
});

test.each<[string, SimilarRequest['same'], number[]]>([
  ['a missing value', [{ column: cut, value: null }], [7]],
  ['a number', [{ column: carat, value: 1.2 }], [2, 7, 8]],
  ['a truth value', [{ column: column('paid', 'boolean'), value: false }], [3, 6, 7]],
  ['a time', [{ column: column('sold', 'timestamp'), value: Date.parse('2024-01-03T00:00:00Z') }], [3]],
  [
    'two values',
    [
      { column: cut, value: 'Ideal' },
      { column: column('paid', 'boolean'), value: false },
    ],
    [3, 6],
  ],
])('rows are found by %s, in the table’s order', async (_, same, rows) => {
  const found = await similar({ same });
  expect(found.rows.map(({ row }) => row)).toEqual(rows);
  expect(found.rows[0]).not.toHaveProperty('distance');
});

test('a time can be near, in milliseconds; rows without one are left out', async () => {
  const near = { column: column('sold', 'timestamp'), value: Date.parse('2024-01-05T00:00:00Z') };
  const found = await similar({ same: [], near, count: 3 });

  expect(found.matching).toBe(7);
  expect(found.rows.map(({ row, distance }) => [row, distance])).toEqual([
    [4, 86_400_000],
    [6, 86_400_000],
    [3, 2 * 86_400_000],
  ]);
});

test('a table with columns that are called as the row number is still counted by rows', async () => {
  const same = [{ column: column('row_number', 'integer'), value: 7 }];
  const found = await similar({ same }, 'File_Row_Number,row_number\n5,7\n6,8\n7,7\n');
  expect(found.rows).toEqual([
    { row: 1, values: { File_Row_Number: 5, row_number: 7 } },
    { row: 3, values: { File_Row_Number: 7, row_number: 7 } },
  ]);
});
