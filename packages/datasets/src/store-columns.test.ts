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
