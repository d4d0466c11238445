import { expect, test } from '@jest/globals';
import { deriveHere } from '../../../test/derive-here.ts';
import { salesRoles as roles, sales } from '../../../test/sales.ts';

const prices = 'shop,from_day,price\na,2024-01-01,1.5\na,2024-01-05,2.5\nb,2024-01-02,9.5\n';

test('a join by time takes the other table’s last row at or before the row’s own', async () => {
  const step = {
    kind: 'join',
    dataset: 'prices',
    on: ['shop'],
    asOf: { left: 'day', right: 'from_day' },
  } as const;

  const { rows, columns } = await deriveHere(sales, [step], { roles, others: { prices } });

  expect(columns).toEqual(['day', 'shop', 'sales', 'price']);
  expect(rows.map(({ price }) => price)).toEqual([1.5, 1.5, 2.5, 9.5, 9.5, 2.5]);
});

test('a join that would multiply rows is refused', async () => {
  const { problems } = await deriveHere(sales, [{ kind: 'join', dataset: 'prices', on: ['shop'] }], {
    roles,
    others: { prices },
  });

  expect(problems).toMatchObject([{ code: 'ambiguous-match' }]);
});

test('a number finds the row that it is the id of, and ids that are text are told from those that are numbers', async () => {
  const orders = `product_id,sold\n${Array.from({ length: 12 }, (_, row) => `${row % 6},${row}\n`).join('')}`;
  const products = (prefix: string) =>
    `id,price\n${[5, 4, 3, 2, 1, 0].map((id) => `${prefix}${id},${id / 2}\n`).join('')}`;
  const join = [{ kind: 'join', dataset: 'products', on: [{ left: 'product_id', right: 'id' }] }];

  const { rows } = await deriveHere(orders, join, { others: { products: products('') } });
  expect(rows.map(({ price }) => price)).toEqual(rows.map(({ product_id }) => Number(product_id) / 2));

  const { problems } = await deriveHere(orders, join, { others: { products: products('P') } });
  expect(problems).toMatchObject([{ code: 'kinds-differ', column: 'product_id' }]);
});

test('a missing key or time of the other table is nobody’s match, and no reason to refuse it', async () => {
  const keyed = await deriveHere('k,v\n1,5\n,6\n2,7\n', [{ kind: 'join', dataset: 'names', on: ['k'] }], {
    others: { names: 'k,name\n1,a\n,b\n,c\n2,d\n' },
  });
  expect(keyed.rows.map(({ name }) => name)).toEqual(['a', null, 'd']);

  // DuckDB joins a few rows in another way
  const days = Array.from({ length: 3000 }, (_, row) => (row % 30 === 0 ? '' : `2024-01-${10 + (row % 20)}`));
  const table = `k,day\n${days.map((day, row) => `${row % 7 || ''},${day}\n`).join('')}`;
  const prices = `k,at,price\n${Array.from({ length: 3000 }, (_, row) => `${row % 7 || ''},${row % 10 === 0 ? '' : `2024-01-0${1 + (row % 9)}`},${row % 10 === 0 ? 999 : 1}\n`).join('')}`;
  const asOf = { kind: 'join', dataset: 'prices', on: ['k'], asOf: { left: 'day', right: 'at' } };
  const dated = await deriveHere(table, [asOf], { others: { prices } });
  expect(dated.rows.length).toBe(1000);
  for (const { k, day, price } of dated.rows) expect(price).toBe(k === null || day === null ? null : 1);
});

test('a join keeps rows without a match and counts them', async () => {
  const towns = 'shop,town\na,Ulm\nc,Bonn\n';

  const { rows, notes } = await deriveHere(sales, [{ kind: 'join', dataset: 'towns', on: ['shop'], prefix: 'its_' }], {
    roles,
    others: { towns },
  });

  expect(rows.map((row) => row.its_town)).toEqual(['Ulm', 'Ulm', 'Ulm', null, null, 'Ulm']);
  expect(notes).toEqual([expect.objectContaining({ code: 'rows-without-match', rows: 2 })]);
});
