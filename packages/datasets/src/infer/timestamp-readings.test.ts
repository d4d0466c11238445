import { expect, test } from '@jest/globals';
import { inspectHere, kinds } from '../../test/inspect-here.ts';
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
