import { describe, expect, test } from '@jest/globals';
import { inspectHere, kinds, summarize } from '../../test/inspect-here.ts';
import { parquetBytes } from '../../test/write-parquet.ts';
import { readRows } from '../read/read-rows.ts';

describe('what is read', () => {
  test.each([
    ['1::TINYINT', 'integer', 1],
    ['-5::BIGINT', 'integer', -5],
    ['7::UINTEGER', 'integer', 7],
    ['1.5::FLOAT', 'numeric', 1.5],
    ['2.0::DOUBLE', 'integer', 2],
    ['12.34::DECIMAL(10, 2)', 'numeric', 12.34],
    ['true', 'boolean', true],
    ["DATE '2024-01-31'", 'timestamp', '2024-01-31T00:00:00.000Z'],
    ["TIMESTAMP '2024-01-31 10:00:00'", 'timestamp', '2024-01-31T10:00:00.000Z'],
    ["TIMESTAMPTZ '2024-01-31 10:00:00+02'", 'timestamp', '2024-01-31T08:00:00.000Z'],
    ["'2024-01-31 10:00:00.25'::TIMESTAMP_NS", 'timestamp', '2024-01-31T10:00:00.250Z'],
    ["'2024-01-31 10:00:00'::TIMESTAMP_MS", 'timestamp', '2024-01-31T10:00:00.000Z'],
    ["'00123'", 'categorical', '00123'],
    ["'low'::ENUM ('low', 'high')", 'categorical', 'low'],
    ["TIME '10:30:00'", 'categorical', '10:30:00'],
    ["'NA'", 'categorical', 'NA'],
  ])('%s is %s', async (sql, kind, value) => {
    const inspection = await inspectHere(await parquetBytes(`SELECT ${sql} AS x UNION ALL SELECT ${sql}`));
    expect(kinds(inspection)).toEqual([`x ${kind}`]);
    expect(await readRows(inspection.output, { offset: 0, limit: 1 })).toEqual([{ x: value }]);
  });

  test('integers beyond 2^53 as text, to the last digit, with a warning', async () => {
    const bytes = await parquetBytes('SELECT 9007199254740993::BIGINT AS x UNION ALL SELECT 4');
    const inspection = await inspectHere(bytes);
    expect(summarize(inspection)).toEqual(['integer-too-large x:1']);
    expect(await readRows(inspection.output, { offset: 0, limit: 2 })).toEqual([{ x: '9007199254740993' }, { x: '4' }]);
  });

  test('strings that repeat, stored by dictionary, and missing values', async () => {
    const query = "SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE 'v' || i % 5 END AS x, i AS n FROM range(9000) t(i)";
    const inspection = await inspectHere(await parquetBytes(query));
    expect(kinds(inspection)).toEqual(['x categorical?', 'n id-like']);
    expect(inspection.ok && inspection.profile.columns[0]).toMatchObject({ nulls: 3000, distinct: 5 });
  });

  test('rows in the order of the file, over row groups', async () => {
    const query = 'SELECT (i * 7919) % 300007 AS x FROM range(300000) t(i)';
    const inspection = await inspectHere(await parquetBytes(query, ', ROW_GROUP_SIZE 4096'));
    const rows = await readRows(inspection.output, { offset: 299_000, limit: 1000 });
    expect(rows.map(({ x }) => x)).toEqual(rows.map((_, index) => ((299_000 + index) * 7919) % 300_007));
  });

  test('columns with names that would be dangerous unquoted', async () => {
    const inspection = await inspectHere(
      await parquetBytes('SELECT 1 AS "a""b", 2 AS "x; drop table", 3 AS file_row_number'),
    );
    expect(kinds(inspection)).toEqual(['a"b integer', 'x; drop table integer', 'file_row_number integer']);
  });
});

describe('what is refused', () => {
  test.each([
    ['lists', 'SELECT 1 AS a, [1, 2] AS b', ['nested-column b:']],
    ['structs', "SELECT {'x': 1, 'y': {'z': 2}} AS s, 2 AS b", ['nested-column s:']],
    ['maps', 'SELECT MAP {1: 2} AS m', ['nested-column m:']],
    ['binary values', "SELECT 'x'::BLOB AS b", ['unsupported-type b:']],
    ['no rows', 'SELECT 1 AS a WHERE false', ['no-rows :']],
    ['infinite values', "SELECT 1.5 AS a UNION ALL SELECT 'inf'::DOUBLE", ['infinite-value a:2']],
  ])('%s', async (_, query, problems) => {
    expect(summarize(await inspectHere(await parquetBytes(query)))).toEqual(expect.arrayContaining(problems));
  });

  test('a file that was cut, is too short, or is encrypted', async () => {
    const bytes = await parquetBytes('SELECT i FROM range(1000) t(i)');
    expect(summarize(await inspectHere(bytes.subarray(0, -9)))).toEqual(['truncated-file :']);
    expect(summarize(await inspectHere(bytes.subarray(0, 6)))).toEqual(['truncated-file :']);
    expect(summarize(await inspectHere(Buffer.concat([bytes.subarray(0, -4), Buffer.from('PARE')])))).toEqual([
      'encrypted-file :',
    ]);
    expect(summarize(await inspectHere(Buffer.from('PARE00000000PARE')))).toEqual(['unknown-format :']);
  });

  test('a file whose footer or pages were damaged', async () => {
    const bytes = await parquetBytes('SELECT i, i * 1.5 AS x FROM range(100000) t(i)');
    const footer = Buffer.from(bytes);
    footer.fill(0xff, bytes.length - 60, bytes.length - 20);
    expect(summarize(await inspectHere(footer))).toEqual(['corrupt-file :']);
    const length = Buffer.from(bytes);
    length.writeUInt32LE(0x7fffffff, bytes.length - 8);
    expect(summarize(await inspectHere(length))).toEqual(['corrupt-file :']);
    const pages = Buffer.from(bytes);
    pages.fill(0xab, 4, 5000);
    expect(summarize(await inspectHere(pages))).toEqual(['corrupt-file :']);
  });

  test('more columns than allowed, before they are read', async () => {
    const query = `SELECT ${Array.from({ length: 11 }, (_, index) => `${index} AS c${index}`).join(', ')}`;
    const inspection = await inspectHere(await parquetBytes(query), { limits: { columns: 10 } });
    expect(summarize(inspection)).toEqual(['too-many-columns :']);
  });
});
