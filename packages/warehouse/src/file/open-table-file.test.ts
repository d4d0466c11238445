import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { openTableFile } from './open-table-file.ts';

async function read(path: string) {
  using file = await openTableFile(path);
  const rows = [];
  for await (const batch of file.rows()) rows.push(...batch);
  return { columns: file.columns.map(({ name, kind }) => `${name} ${kind}`), rows };
}

test('kinds of a CSV file’s columns are found from all of its lines', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "it's.csv");
  const whole = Array.from({ length: 30_000 }, (_, index) => `a,2026-01-01 00:00:00,${index}\n`).join('');
  writeFileSync(path, `Item_ID,timestamp,Price\n${whole}a,2026-01-02 12:30:00,0.5\n`);
  const { columns, rows } = await read(path);
  expect(columns).toEqual(['item_id text', 'timestamp timestamp', 'price number']);
  expect(rows).toHaveLength(30_001);
  expect(rows.at(-1)).toEqual(['a', '2026-01-02T12:30:00.000Z', 0.5]);
});

test('a file of JSON lines is a table', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'rows.jsonl');
  writeFileSync(path, '{"item_id":"a","promo":true,"n":1}\n{"item_id":"b","promo":null,"n":2}\n');
  expect(await read(path)).toEqual({
    columns: ['item_id text', 'promo boolean', 'n integer'],
    rows: [
      ['a', true, 1],
      ['b', null, 2],
    ],
  });
});

test.each([
  ['rows.xlsx', 'x', /its name ends in none of/],
  ['rows.parquet', 'not parquet', /cannot be read as a table/],
  ['rows.json', '{"a": ', /cannot be read as a table/],
])('%s that holds "%s" is refused', async (name, text, message) => {
  using folder = temporaryFolder();
  const path = join(folder.path, name);
  writeFileSync(path, text);
  await expect(read(path)).rejects.toMatchObject({ code: 'warehouse-file', message: expect.stringMatching(message) });
});

test('a file that is not there is said so', async () => {
  await expect(openTableFile('/nowhere/rows.csv')).rejects.toMatchObject({
    code: 'warehouse-file',
    message: expect.stringMatching(/there is no such file/),
  });
});
