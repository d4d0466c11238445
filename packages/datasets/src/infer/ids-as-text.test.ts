import { expect, test } from '@jest/globals';
import { inspectHere, kinds, summarize } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';

const roles = { item: 'sku', timestamp: 'day' };
const table = (ids: readonly string[], times = 1) =>
  `sku,day,sales\n${ids.map((id) => `${id},2024-03-01,2\n${id},2024-03-02,3\n`.repeat(times)).join('')}`;

test.each([
  ['decimal numbers', ['1.10', '1.1']],
  ['dates', ['2024-01-01', '2024-02-01']],
  ['dates of several spellings', ['2024-01-01', '02/13/2024']],
  ['truth values', ['yes', 'no']],
  ['numbers beyond 2^53', ['12345678901234567', '12345678901234568']],
  ['numbers and names', ['1', '2', 'x3']],
])('ids that look like %s stay as they are written, without a word', async (_name, ids) => {
  // The longer ones are stored as their first rows say, without weighing all.
  for (const times of [1, 13_000]) {
    const found = await inspectHere(table(ids, times), { roles });
    const stored = await Promise.all(
      ids.map((_, index) => readRows(found.output, { offset: 2 * times * index, limit: 1 })),
    );
    expect(stored.flat().map(({ sku }) => sku)).toEqual(ids);
    expect(summarize(found)).toEqual([]);
  }
});

test('ids that all are whole numbers are numbers', async () => {
  expect(kinds(await inspectHere(table(['1', '2']), { roles }))[0]).toBe('sku integer');
});

test('an item that is alone in its table is nothing to warn of', async () => {
  expect(summarize(await inspectHere(table(['a']), { roles }))).toEqual([]);
  expect(summarize(await inspectHere(table(['a'])))).toContain('constant-column sku:');
});
