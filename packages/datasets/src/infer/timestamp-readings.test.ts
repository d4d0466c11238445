import { expect, test } from '@jest/globals';
import { inspectHere, kinds, summarize } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';

test.each([
  ['2020-W05', '2020-W53', '2020-01-27', '2020-12-28'],
  ['2019Q4', '2020Q1', '2019-10-01', '2020-01-01'],
  ['Q4 2019', 'Q1 2020', '2019-10-01', '2020-01-01'],
  ['2019-11', '2020-02', '2019-11-01', '2020-02-01'],
  ['Nov 2019', 'Feb 2020', '2019-11-01', '2020-02-01'],
  ['November 2019', 'May 2020', '2019-11-01', '2020-05-01'],
  ['Nov-19', 'Feb-20', '2019-11-01', '2020-02-01'],
])('a column of %s and %s is one of times', async (first, second, ...days) => {
  const found = await inspectHere(`at,y\n${first},1\n${second},2\n`, { roles: { timestamp: 'at' } });
  expect(kinds(found)[0]).toBe('at timestamp');
  const rows = await readRows(found.output, { offset: 0, limit: 2 });
  expect(rows.map(({ at }) => String(at).slice(0, 10))).toEqual(days);
});

/** Days with the first part of their spelling the same, in two years. */
const spelled = (write: (count: string, year: number) => string, years = [2023, 2024]) =>
  years.flatMap((year) => Array.from({ length: 12 }, (_, i) => write(String(i + 1).padStart(2, '0'), year)));

test.each<[string, string[], string]>([
  ['months, the day first', spelled((month, year) => `01/${month}/${year}`), '2024-12-01'],
  ['months, the month first', spelled((month, year) => `${month}/01/${year}`), '2024-12-01'],
  ['days of one January, the month first', spelled((day, year) => `01/${day}/${year}`, [2024]), '2024-01-12'],
  ['the same days of two months', spelled((day, year) => `02/${day}/${year}`), '2024-02-12'],
])('dates that can be read with the month or the day first: %s', async (_name, values, last) => {
  const found = await inspectHere(`at,y\n${values.map((value) => `${value},1\n`).join('')}`);
  const rows = await readRows(found.output, { offset: values.length - 1, limit: 1 });
  expect(String(rows[0]?.at).slice(0, 10)).toBe(last);
  expect(summarize(found)).toContain('ambiguous-date at:2');
});
