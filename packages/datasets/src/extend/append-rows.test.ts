import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inspectHere } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';
import { appendRows } from './append-rows.ts';
import { checkRows, type GivenRow } from './check-rows.ts';

const csv =
  'id,day,price,paid,city\n4048,2024-01-01,1.5,true,Rome\n17,2024-01-02,2.5,false,Łódź\n17,2024-01-02,,true,Rome\n';

async function table() {
  const stored = await inspectHere(csv);
  if (!stored.ok) throw new Error('not stored');
  return stored;
}

test('rows come after those of the table, as values of its columns', async () => {
  const { output: source, schema } = await table();
  const folder = await mkdtemp(join(tmpdir(), 'append-'));
  const checked = checkRows(
    [
      { id: 5, day: '2024-01-03', price: 2, paid: false, city: 'Ulm' },
      { city: null, paid: null, price: null, day: '2024-01-03T10:30:00+02:00', id: 6 },
    ],
    schema,
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));

  const output = join(folder, 'more.parquet');
  expect(await appendRows(source, { ...checked, output, folder })).toEqual({ ok: true });

  const rows = await readRows(output, { offset: 0, limit: 10 });
  expect(rows.slice(0, 3)).toEqual(await readRows(source, { offset: 0, limit: 10 }));
  expect(rows.slice(3)).toEqual([
    { id: 5, day: '2024-01-03T00:00:00.000Z', price: 2, paid: false, city: 'Ulm' },
    { id: 6, day: '2024-01-03T08:30:00.000Z', price: null, paid: null, city: null },
  ]);
});

const whole = { id: 5, day: '2024-01-03', price: 2, paid: false, city: 'Ulm' };

test.each<[string, GivenRow, object]>([
  ['a column that the table has not', { ...whole, prize: 1 }, { code: 'column-unknown', column: 'prize' }],
  [
    'no value for a column',
    { id: 5, day: '2024-01-03', price: 2, paid: false },
    { code: 'value-missing', column: 'city' },
  ],
  ['a word for a number', { ...whole, price: 'two' }, { code: 'value-refused', column: 'price' }],
  ['a fraction for a whole number', { ...whole, id: 1.5 }, { code: 'value-refused', column: 'id' }],
  ['a day that there is not', { ...whole, day: '2024-13-03' }, { code: 'value-refused', column: 'day' }],
  ['a list', { ...whole, city: ['Ulm'] }, { code: 'value-refused', column: 'city' }],
])('%s is refused with its row and column', async (_, row, expected) => {
  const { schema } = await table();
  expect(checkRows([whole, row], schema)).toMatchObject({
    ok: false,
    problems: [{ row: 2, severity: 'error', ...expected }],
  });
});
