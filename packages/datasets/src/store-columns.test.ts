import { expect, test } from '@jest/globals';
import { inspectHere, kinds, summarize } from '../test/inspect-here.ts';
import { readRows } from './read/read-rows.ts';

/** Enough rows to be stored as the first of them say, unless a later one says otherwise. */
const rows = 50_001;

const first = ['12', '0.5', '2024-03-01', '2024-03-01 10:00:00', 'yes', 'word'] as const;
const names = ['whole', 'number', 'day', 'time', 'answer', 'note'] as const;

/** A long table whose last row has one value of another sort. */
const table = (name?: string, surprise?: string): string => {
  const last = first.map((value, index) => (names[index] === name ? surprise : value));
  return `${names.join(',')}\n${`${first.join(',')}\n`.repeat(rows - 1)}${last.join(',')}\n`;
};

const usual = {
  whole: 'integer',
  number: 'numeric',
  day: 'timestamp',
  time: 'timestamp',
  answer: 'boolean',
  note: 'categorical',
};
const kindsWith = (changed: object) =>
  Object.entries({ ...usual, ...changed }).map(([name, kind]) => `${name} ${kind}`);

test('a long table is stored as its first rows say when all rows do', async () => {
  const found = await inspectHere(table());
  expect(kinds(found)).toEqual(kindsWith({}));
  expect(await readRows(found.output, { offset: rows - 1, limit: 1 })).toEqual([
    {
      whole: 12,
      number: 0.5,
      day: '2024-03-01T00:00:00.000Z',
      time: '2024-03-01T10:00:00.000Z',
      answer: true,
      note: 'word',
    },
  ]);
});

test.each([
  ['whole', '1.5', 'numeric', 1.5],
  ['whole', '1e3', 'integer', 1000],
  ['whole', '0', 'integer', 0],
  ['whole', '', 'integer?', null],
  ['whole', '007', 'categorical', '007'],
  ['whole', '9007199254740993', 'categorical', '9007199254740993'],
  ['number', '9007199254740993', 'numeric', 9007199254740992],
  ['number', 'nan', 'numeric?', null],
  ['day', '2024-03-01T10:00:00+02:00', 'timestamp', '2024-03-01T08:00:00.000Z'],
  ['time', '2024-03-01 10:00:00+02', 'timestamp', '2024-03-01T08:00:00.000Z'],
  ['answer', 'maybe', 'categorical', 'maybe'],
  ['note', '12', 'categorical', '12'],
])('a last value of %s that is %j makes the column %s', async (name, surprise, kind, value) => {
  const found = await inspectHere(table(name, surprise));
  expect(kinds(found)).toEqual(kindsWith({ [name]: kind }));
  const [last] = await readRows(found.output, { offset: rows - 1, limit: 1 });
  expect(last?.[name]).toEqual(value);
});

test.each([
  ['whole', 'x', 'bad-value'],
  ['whole', '1_000', 'bad-value'],
  ['whole', 'inf', 'infinite-value'],
  ['number', '-inf', 'infinite-value'],
  ['day', '2024-02-30', 'bad-value'],
  ['time', 'noon', 'bad-value'],
])('a last value of %s that is %j is found with its line', async (name, surprise, code) => {
  expect(summarize(await inspectHere(table(name, surprise)))).toEqual([`${code} ${name}:${rows + 1}`]);
});

/** An underscore behind the header has all of the table read as text. */
const asText = 'a_b';
const plain = (name: string, surprise: string, note?: string) => {
  const columns = ['whole', 'number', 'day', 'time'] as const;
  const row = (at: number) =>
    [...columns.map((column) => (at === rows - 1 && column === name ? surprise : first[names.indexOf(column)])), note]
      .filter((value) => value !== undefined)
      .join(',');
  const header = [...columns, note === undefined ? [] : 'note'].flat().join(',');
  return `${header}\n${Array.from({ length: rows }, (_, at) => row(at)).join('\n')}`;
};

test.each([
  ...['NA', '-nan', ' 7', '-0', '"7"', '00', '-007'].map((value) => ['whole', value]),
  ...['007', 'Infinity', '12345678901234567890'].map((value) => ['number', value]),
  ...['epoch', '5-1-2', '0999-01-01', '2024 01 01', ' 024-01-01', '"2024-01-05"'].map((value) => ['day', value]),
  ...['2024-01-01 10:00+02', '2024-01-05 24:00:00', '2024-01-05 10:00:00 Z'].map((value) => ['time', value]),
])('a last value of %s that is %j is read as values as it is read as text', async (name = '', surprise = '') => {
  const [read, text] = [await inspectHere(plain(name, surprise)), await inspectHere(plain(name, surprise, asText))];
  const told = ({ problems }: typeof read) => problems.filter(({ column }) => column === name);
  expect(told(read)).toEqual(told(text));
  expect(read.ok).toBe(text.ok);
  if (!read.ok || !text.ok) return;
  const profiles = [read, text].map(({ profile }) => profile.columns.find((column) => column.name === name));
  expect(profiles[0]).toEqual(profiles[1]);
  const stored = await Promise.all([read, text].map(({ output }) => readRows(output, { offset: rows - 2, limit: 2 })));
  expect(stored[0]).toEqual(stored[1]?.map(({ note: _, ...row }) => row));
});

test.each([
  ['begins with a blank line', (text: string) => `\n${text}`],
  ['ends its last line in another way', (text: string) => text.replace(/\n$/, '\r\n')],
  ['has a row longer than a buffer', (text: string) => text.replace(/word\n$/, `${'long '.repeat(20_000)}\n`)],
])('a table whose first rows are looked at before it is checked, and that %s, is read as it is', async (_, change) => {
  const [header = '', row = ''] = table().split('\n', 2);
  const long = `${header}\n${`${row}\n`.repeat(90_000)}`;
  const [found, usually] = [await inspectHere(change(long)), await inspectHere(long)];
  expect(kinds(found)).toEqual(kinds(usually));
  const last = await Promise.all([found, usually].map(({ output }) => readRows(output, { offset: 89_999, limit: 2 })));
  expect(last[0]?.map(({ note: _note, ...values }) => values)).toEqual(
    last[1]?.map(({ note: _note, ...values }) => values),
  );
});
