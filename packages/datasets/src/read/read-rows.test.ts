import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inspectHere, temporaryFolder } from '../../test/inspect-here.ts';
import { parquetBytes } from '../../test/write-parquet.ts';
import { readRows } from './read-rows.ts';

test('a page is the rows of the file from the offset on', async () => {
  const { output } = await inspectHere(`n,s\n${Array.from({ length: 3_000 }, (_, n) => `${n},v${n % 3}\n`).join('')}`);
  expect(await readRows(output, { offset: 1_500, limit: 2 })).toEqual([
    { n: 1_500, s: 'v0' },
    { n: 1_501, s: 'v1' },
  ]);
  expect(await readRows(output, { offset: 2_999, limit: 1_000 })).toEqual([{ n: 2_999, s: 'v2' }]);
  expect(await readRows(output, { offset: 3_000, limit: 1 })).toEqual([]);
});

test('values survive JSON: times in ISO 8601, large integers as strings, no NaN', async () => {
  const path = join(await temporaryFolder(), 'rows.parquet');
  const query = `SELECT TIMESTAMP '2024-01-31 10:00:00.5' AS t, 9007199254740993::BIGINT AS large, 5::BIGINT AS small,
    'NaN'::DOUBLE AS nan, NULL::VARCHAR AS nothing, true AS yes, 1.5 AS decimal, 1 AS __proto__`;
  await writeFile(path, await parquetBytes(query));
  const [row] = await readRows(path, { offset: 0, limit: 1 });
  expect(JSON.parse(JSON.stringify(Object.entries(row ?? {})))).toEqual([
    ['t', '2024-01-31T10:00:00.500Z'],
    ['large', '9007199254740993'],
    ['small', 5],
    ['nan', null],
    ['nothing', null],
    ['yes', true],
    ['decimal', '1.5'],
    ['__proto__', 1],
  ]);
});

test('a page outside of what is allowed is refused', async () => {
  for (const page of [
    { offset: -1, limit: 1 },
    { offset: 0.5, limit: 1 },
    { offset: 0, limit: 0 },
    { offset: 0, limit: 1_001 },
  ]) {
    await expect(readRows('unused.parquet', page)).rejects.toThrow(RangeError);
  }
});
