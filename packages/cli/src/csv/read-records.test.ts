import { expect, test } from '@jest/globals';
import { collect } from '../testing/collect.ts';
import { encodeRecord } from './encode-record.ts';
import { readRecords } from './read-records.ts';

async function recordsOf(text: string | Uint8Array, expected: readonly number[] = [2], size = 7) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  async function* pieces() {
    // The first piece as from a disk, which holds the first line; the rest cut anywhere.
    const first = bytes.indexOf(10) + 1;
    if (first > 0) yield bytes.subarray(0, first);
    for (let at = first; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const { delimiter, records } = await readRecords(pieces(), expected);
  return { delimiter, records: await collect(records) };
}

test('records keep their values and know their lines', async () => {
  const { records } = await recordsOf('a,b\n"1, x","say ""hi"""\n\n"two\nlines",ä\n');
  expect(records).toEqual([
    { values: ['a', 'b'], line: 1 },
    { values: ['1, x', 'say "hi"'], line: 2 },
    { values: ['two\nlines', 'ä'], line: 5 },
  ]);
});

test('a byte order mark is no part of the first name', async () => {
  const { records } = await recordsOf('\ufeffa,b\n1,2\n');
  expect(records[0]?.values).toEqual(['a', 'b']);
});

test.each([
  ['a;b\n1,5;2\n', [2], ';'],
  ['a\tb\n1\t2\n', [2], '\t'],
  ['a|b\n', [2], '|'],
  ['"x;y;z",b\n', [2], ','],
  ['2024;01;02,b\n', [2], ','],
  ['one\n', [1, 2], ','],
])('the delimiter of %j is told from the number of values that fit', async (text, expected, delimiter) => {
  expect((await recordsOf(text, expected)).delimiter).toBe(delimiter);
});

test('a ragged row is refused with its line', async () => {
  await expect(recordsOf('a,b\n1,2\n3,4,5\n')).rejects.toMatchObject({
    code: 'csv-unreadable',
    message: expect.stringContaining('line 3'),
    cure: 'Give each row as many values as the first one.',
  });
});

test('quotes that are never closed are refused', async () => {
  await expect(recordsOf('a,b\n1,"2\n')).rejects.toMatchObject({ code: 'csv-unreadable' });
});

test('a file without a line has no record', async () => {
  expect((await recordsOf('')).records).toEqual([]);
});

test('a file that cannot be read is refused as such', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode('a,b\n');
    throw Object.assign(new Error('disk'), { code: 'EIO' });
  }
  const { records } = await readRecords(broken(), [2]);
  await expect(collect(records)).rejects.toMatchObject({ code: 'EIO' });
});

test('what is written is read again as it was', async () => {
  const values = ['plain', 'a,b', 'say "hi"', 'two\nlines', ' blank ', ''];
  const { records } = await recordsOf(encodeRecord(values, ','), [6], 1000);
  expect(records[0]?.values).toEqual(values);
  expect(encodeRecord(['a', null, 1.5], ';')).toBe('a;;1.5\n');
});
