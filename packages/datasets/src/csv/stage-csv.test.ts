import { describe, expect, test } from '@jest/globals';
import { inspectHere, kinds, summarize } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';

const values = async (text: string | Uint8Array) => {
  const inspection = await inspectHere(text);
  kinds(inspection);
  return (await readRows(inspection.output, { offset: 0, limit: 100 })).map((row) => Object.values(row));
};

describe('what is read', () => {
  test('a file with a header', async () => {
    const inspection = await inspectHere('id,price,note\n1,2.5,a\n2,,b\n3,4,a\n');
    expect(inspection).toMatchObject({ ok: true, format: 'csv', rows: 3, columns: 3, problems: [] });
    expect(kinds(inspection)).toEqual(['id integer', 'price numeric?', 'note categorical']);
  });

  test('a file without a header, with a warning', async () => {
    const inspection = await inspectHere('1,x\n2,y\n1,x\n');
    expect(kinds(inspection)).toEqual(['column_1 integer', 'column_2 categorical']);
    expect(summarize(inspection)).toEqual(['no-header :1']);
  });

  test.each([
    ['a byte order mark', '\ufeff"a",b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['CR', 'a,b\r1,2\r'],
    ['mixed line ends', 'a,b\r\n1,2\n'],
    ['no last line end', 'a,b\n1,2'],
    ['blank lines before the header', '\n\na,b\n1,2'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['spaces around quotes', '"a", "b"\n"1", "2" \n'],
  ])('%s', async (_, text) => {
    expect(await values(text)).toEqual([[1, 2]]);
  });

  test('UTF-16 with and without its mark, either byte order', async () => {
    const text = 'name,n\nZoë,1\nMüller,2\n';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const expected = [
      ['Zoë', 1],
      ['Müller', 2],
    ];
    expect(await values(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toEqual(expected);
    expect(await values(Buffer.concat([Buffer.from([0xfe, 0xff]), big]))).toEqual(expected);
    expect(await values(little)).toEqual(expected);
    expect(await values(big)).toEqual(expected);
  });

  test('quoted line ends, delimiters and quotes', async () => {
    expect(await values('a,b\n"x\ny","1,5"\n"say ""hi""",2\n')).toEqual([
      ['x\ny', '1,5'],
      ['say "hi"', '2'],
    ]);
  });

  test('one column, in which a blank line is a missing value', async () => {
    expect(await values('a\n1\n\n3\n')).toEqual([[1], [null], [3]]);
  });

  test('the spellings of missing values that pandas knows', async () => {
    const spellings = ['', 'NA', 'NaN', 'nan', 'null', 'NULL', 'None', 'N/A', 'n/a', '<NA>', '#N/A', '-nan', '""'];
    const rows = await values(`a,b\n1,x\n${spellings.map((spelling) => `${spelling},y\n`).join('')}`);
    expect(rows.slice(1)).toEqual(spellings.map(() => [null, 'y']));
  });

  test('decimal commas where semicolons delimit', async () => {
    expect(await values('a;b\n1,5;2\n-0,25;3\n')).toEqual([
      [1.5, 2],
      [-0.25, 3],
    ]);
  });

  test('a value of a megabyte', async () => {
    const long = 'x'.repeat(2 ** 20);
    expect(await values(`a,b\n1,${long}\n2,y\n`)).toEqual([
      [1, long],
      [2, 'y'],
    ]);
  });

  test('blank lines between rows, with a warning', async () => {
    expect(summarize(await inspectHere('a,b\n1,2\n\n3,4\n\n'))).toEqual(['blank-lines :']);
  });

  test('columns with names that would be dangerous unquoted', async () => {
    const names = [
      'a"b',
      'x; drop table raw',
      '../x',
      "o'clock",
      '数量',
      '__proto__',
      'select',
      'file_row_number',
      'c0',
    ];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const inspection = await inspectHere(`${header}\n${names.map((_, index) => index).join(',')}\n`);
    expect(kinds(inspection)).toEqual(names.map((name) => `${name} integer`));
    const [row] = await readRows(inspection.output, { offset: 0, limit: 1 });
    expect(Object.entries(row ?? {})).toEqual(names.map((name, index) => [name, index]));
  });
});

describe('what is refused', () => {
  test.each([
    ['an empty file', '', ['empty-file :']],
    ['blank lines alone', '\n\n', ['empty-file :']],
    ['a header without rows', 'a,b\n', ['no-rows :']],
    ['too many values', 'a,b\n1,2\n3,4,5\n', ['ragged-row :3']],
    ['too few values, naming the first that is missing', 'a,b,c\n1,2,3\n4\n', ['ragged-row b:3']],
    ['a title above the header', 'Sales of 2024\na,b\n1,2\n3,4\n', ['ragged-row :2', 'ragged-row :3', 'ragged-row :4']],
    ['a ragged row after quoted line ends', 'a,b\n"x\n\ny",2\n3\n', ['ragged-row b:5']],
    ['quotes that never end', 'a,b\n1,2\n"x,3\n4,5\n', ['unterminated-quote a:3']],
    ['text after quotes', 'a,b\n1,2\n3,"x"y\n', ['bad-quote b:3']],
    ['the same name twice', 'a,b,A\n1,2,3\n', ['duplicate-column a:']],
    ['a control character in a name', 'a,"b\nc"\n1,2\n', ['bad-column-name b\nc:']],
    ['a NUL byte', 'a,b\n1,2\n3,x\u0000\n', ['not-text :3']],
    ['an infinite number', 'a,b\n1,2\n2,inf\n3,-Infinity\n4,5\n', ['infinite-value b:3']],
  ])('%s', async (_, text, problems) => {
    const inspection = await inspectHere(text);
    expect(inspection.ok).toBe(false);
    expect(summarize(inspection)).toEqual(problems);
    expect(inspection.problems.every(({ cure, severity }) => cure.length > 0 && severity === 'error')).toBe(true);
  });

  test('bytes that are not UTF-8, with line and byte', async () => {
    const inspection = await inspectHere(Buffer.from('name,n\nZoe,1\nM\u00fcller,2\n', 'latin1'));
    expect(summarize(inspection)).toEqual(['not-utf8 :3']);
    expect(inspection.problems[0]?.message).toContain('0xfc in line 3 (byte 15 of the file)');
  });

  test('half a surrogate pair in UTF-16', async () => {
    const text = Buffer.from('\ufeffname,n\nx,1\n\ud83d,2\n', 'utf16le');
    expect(summarize(await inspectHere(text))[0]).toMatch(/^not-utf16/);
  });

  test('only the first twenty of many ragged rows are listed, with their number', async () => {
    const inspection = await inspectHere(`a,b\n${'1,2\n'.repeat(60)}${'1\n'.repeat(50)}`);
    expect(inspection.problems).toHaveLength(21);
    expect(inspection.problems[20]?.message).toContain('50 lines');
  });

  test('a word among numbers far behind any sample, on its line', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => (index === 29_000 ? 'oops,"x\ny"' : `${index}.5,z`));
    const inspection = await inspectHere(`a,b\n${rows.join('\n')}\n`);
    expect(summarize(inspection)).toEqual(['bad-value a:29002']);
    expect(inspection.problems[0]?.message).toContain('"oops"');
  });

  test('lines are right after quoted line ends', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => (index === 90 ? 'oops,x' : `${index},"x\ny"`));
    expect(summarize(await inspectHere(`a,b\n${rows.join('\n')}\n`))).toEqual(['bad-value a:182']);
  });

  test('more rows or columns than allowed', async () => {
    expect(summarize(await inspectHere('a\n1\n2\n3\n', { limits: { rows: 2 } }))).toEqual(['too-many-rows :']);
    expect(summarize(await inspectHere('a\n1\n2\n', { limits: { rows: 2 } }))).toEqual([]);
    expect(summarize(await inspectHere('a,b,c\n1,2,3\n', { limits: { columns: 2 } }))).toEqual(['too-many-columns :']);
    expect(summarize(await inspectHere('a,b\n1,2\n', { limits: { bytes: 7 } }))).toEqual(['too-many-bytes :']);
  });

  test('a file of ten thousand columns', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `feature_number_${index}`);
    const inspection = await inspectHere(
      `${names.join(',')}\n${`${names.map(() => '0.123456').join(',')}\n`.repeat(30)}`,
    );
    expect(summarize(inspection)).toEqual(['too-many-columns :']);
    expect(inspection.problems[0]?.message).toContain('10000 columns; 2000');
  });
});
