import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCaptured } from '../testing/run-captured.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = temporaryFolder();
  const rows = Array.from(
    { length: 30 },
    (_, row) => `2026-01-${String(row + 1).padStart(2, '0')},0${row % 3},${row}.5`,
  );
  const { code } = await bellwether('enrich', fileOf('orders.csv', `day,product,price\n${rows.join('\n')}\n`));
  expect(code).toBe(0);
});
afterAll(() => folder[Symbol.dispose]());

const bellwether = (...args: string[]) => runCaptured([...args, '--data-dir', join(folder.path, 'data')]);

function fileOf(name: string, content: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

test('rows are appended by the names of their columns, or by place, in their spelling', async () => {
  const named = await bellwether(
    'append',
    fileOf('more.csv', 'price;product;day\n7,5;01;31-Jan-2026\n;02;\n'),
    '--name',
    'orders',
  );
  expect(named).toMatchObject({ code: 0, err: expect.stringContaining('2 rows appended: orders has 32 rows') });
  const placed = await bellwether('append', fileOf('orders.csv', '2026/2/1,00,9\n'), '--json');
  const { appended, dataset } = JSON.parse(placed.out);
  expect({ appended, rows: dataset.rows, parents: dataset.parents }).toEqual({
    appended: 1,
    rows: 33,
    parents: [named.out.trim()],
  });
});

test('a file of many rows goes in parts, and after a refusal the rows before it are there', async () => {
  const lines = Array.from({ length: 50_001 }, () => '2026-02-02,01,1');
  const file = fileOf('many.csv', `day,product,price\n${lines.join('\n')}\n2026-02-02,01,cheap\n`);

  const { code, err } = await bellwether('append', file, '--name', 'orders');

  expect(code).toBe(1);
  expect(err).toContain('line 50003 of');
  expect(err).toContain('The 50000 rows before are appended.');
  const { datasets } = JSON.parse((await bellwether('datasets', '--json')).out);
  expect(datasets[0]).toMatchObject({ name: 'orders', rows: 50_033 });
});

test.each([
  ['an unknown dataset', 'day,product,price\n', ['--name', 'nothing'], 'dataset-not-found'],
  ['a column that it has not', 'day,product,price,x\n2026-01-01,1,2,3\n', [], 'column-unknown'],
  ['a column that is missing', 'day,price\n2026-01-01,2\n', [], 'column-missing'],
  ['too few values', '1,2\n', [], 'wrong-number-of-values'],
  ['a date that may be two days', 'day,product,price\n03/04/2026,01,2\n', [], 'rows-refused'],
  ['a header alone', 'day,product,price\n', [], 'file-empty'],
  ['an empty file', '', [], 'file-empty'],
])('%s is refused', async (_, content, options, refusal) => {
  const file = fileOf('refused.csv', content);
  const name = options.length > 0 ? options : ['--name', 'orders'];
  const { code, err } = await bellwether('append', file, ...name);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`(${refusal})`) });
});

test('of a date that may be two days one can say which comes first', async () => {
  const file = fileOf('days.csv', 'day,product,price\n25/04/2026,01,2\n');
  expect((await bellwether('append', file, '--name', 'orders', '--day-first')).code).toBe(0);
  expect((await bellwether('append', file, '--name', 'orders', '--month-first')).code).toBe(1);
  expect((await bellwether('append', file, '--day-first', '--month-first')).code).toBe(2);
});
