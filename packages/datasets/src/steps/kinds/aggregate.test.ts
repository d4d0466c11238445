import { expect, test } from '@jest/globals';
import { deriveHere } from '../../../test/derive-here.ts';

test('sums and means of fractions have the same last bit in any order of rows', async () => {
  const rows = Array.from({ length: 6000 }, (_, row) => {
    const sold = ((row * 7919) % 10_007) / 97 - (row % 5) * 11.3;
    return `2024-01-${String(1 + (row % 28)).padStart(2, '0')},${row % 40},${sold}\n`;
  });
  const shuffled = rows.toSorted((a, b) => (a.slice(3) + a.length < b.slice(3) + b.length ? -1 : 1)).toReversed();
  const values = [{ column: 'sold' }, { column: 'sold', function: 'mean', as: 'mean' }];
  const weekly = async (lines: readonly string[]) => {
    const csv = `day,shop,sold\n${lines.join('')}`;
    const step = { kind: 'aggregate', period: 'week', item: 'shop', date: 'day', values };
    return (await deriveHere(csv, [step])).rows;
  };

  const found = await weekly(rows);

  expect(found.length).toBe(160);
  expect(await weekly(shuffled)).toEqual(found);
});
