import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { readRows } from '../read/read-rows.ts';
import { csvLine, mergeCsv } from './merge-csv.ts';

test('parts come behind one another, with quotes, line breaks and missing values as they were', async () => {
  using folder = temporaryFolder();
  const [first, second, output] = ['a.csv', 'b.csv', 'out.parquet'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(first, csvLine(['a "quoted", item', '2026-11-21T00:00:00Z', 1.5]) + csvLine(['', null, null]));
  await writeFile(second, csvLine(['two\nlines', '2026-11-22T00:00:00Z', Number.NaN]));

  await mergeCsv({
    parts: [first, second],
    columns: [
      { name: 'item', type: 'VARCHAR' },
      { name: 'ds', type: 'TIMESTAMP' },
      { name: 'mean', type: 'DOUBLE' },
    ],
    output,
    folder: folder.path,
  });

  const rows = await readRows(output, { limit: 10, offset: 0 });
  expect(rows).toEqual([
    { item: 'a "quoted", item', ds: '2026-11-21T00:00:00.000Z', mean: 1.5 },
    { item: '', ds: null, mean: null },
    { item: 'two\nlines', ds: '2026-11-22T00:00:00.000Z', mean: null },
  ]);
});
