import { expect, test } from '@jest/globals';
import { deriveHere } from '../../../test/derive-here.ts';

test('a date that stands for the end of time costs no holidays of the years before it', async () => {
  const csv = 'day,n\n2024-07-04,1\n2024-07-05,2\n9999-12-25,3\n,4\n';

  const { rows, problems } = await deriveHere(csv, [{ kind: 'calendar', holidays: 'US' }]);

  expect(problems).toEqual([]);
  expect(rows.map(({ day_holidays }) => day_holidays)).toEqual([1, 0, 1, null]);
});

test('a week that goes on in the next year counts the holidays of both', async () => {
  const csv = `day,n\n${[23, 24, 25, 26, 27, 28, 29].map((date) => `2024-12-${date},1\n`).join('')}2024-12-30,1\n2025-01-05,1\n`;
  const week = { kind: 'aggregate', period: 'week', values: [{ column: 'n' }] };

  const { rows } = await deriveHere(csv, [week, { kind: 'calendar', holidays: 'US' }]);

  expect(rows.map(({ day, day_holidays }) => [String(day).slice(0, 10), day_holidays])).toEqual([
    ['2024-12-23', 1],
    ['2024-12-30', 1],
  ]);
});
