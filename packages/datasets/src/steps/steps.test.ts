import { expect, test } from '@jest/globals';
import { deriveHere } from '../../test/derive-here.ts';

const sales = `day,shop,sales
2024-01-01,a,1
2024-01-03,a,2
2024-01-10,a,4
2024-01-02,b,10
2024-01-20,b,30
2024-01-28,a,5
`;
const roles = { timestamp: 'day', item: 'shop', target: 'sales' };

test('an aggregate has one row an item and week, named by its Monday, with gaps as 0', async () => {
  const { rows, notes } = await deriveHere(
    sales,
    [{ kind: 'aggregate', period: 'week', values: [{ column: 'sales' }] }],
    { roles },
  );

  expect(rows.map((row) => [row.shop, String(row.day).slice(0, 10), row.sales])).toEqual([
    ['a', '2024-01-01', 3],
    ['a', '2024-01-08', 4],
    ['a', '2024-01-15', 0],
    ['a', '2024-01-22', 5],
    ['b', '2024-01-01', 10],
    ['b', '2024-01-08', 0],
    ['b', '2024-01-15', 30],
    ['b', '2024-01-22', 0],
  ]);
  expect(notes).toEqual([expect.objectContaining({ code: 'gaps-filled', rows: 3 })]);
});

test('lags after an aggregate are named by its period and never include the row itself', async () => {
  const { rows, columns } = await deriveHere(
    sales,
    [
      { kind: 'aggregate', period: 'week', values: [{ column: 'sales' }] },
      { kind: 'lags', periods: 2 },
    ],
    { roles },
  );

  expect(columns.slice(3)).toEqual(['last-1_week_sales', 'last-1_week_diff', 'last-2_week_sales', 'last-2_week_diff']);
  expect(
    rows.slice(0, 4).map((row) => [row['last-1_week_sales'], row['last-1_week_diff'], row['last-2_week_sales']]),
  ).toEqual([
    [null, null, null],
    [3, null, null],
    [4, 1, 3],
    [0, -4, 4],
  ]);
});
