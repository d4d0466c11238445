import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deriveHere } from '../../test/derive-here.ts';

const isoDay = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

const sale = fc.record({
  day: fc.integer({ min: 0, max: 90 }),
  item: fc.constantFrom('a', 'b', ''),
  sales: fc.option(fc.integer({ min: 0, max: 50 })),
});
const sales = fc.array(sale, { minLength: 5, maxLength: 40 });
const observation = fc.record({
  date: fc.integer({ min: -400, max: 80 }),
  // zero has no percent change after it: the series has gaps then
  value: fc.option(fc.constantFrom(0, 1, 2, 5)),
});
const observations = fc.array(observation, { minLength: 1, maxLength: 25 });

const roles = { timestamp: 'day', item: 'item', target: 'sales' };
const few = { numRuns: 15 };

/** Anchors keep the kinds of the columns whatever the rest is. */
const csvOf = (rows: readonly { day: number; item: string; sales: number | null }[]) =>
  `day,item,sales\n${isoDay(0)},a,1000\n${isoDay(90)},b,3.5\n${rows.map(({ day, item, sales }) => `${isoDay(day)},${item},${sales ?? ''}\n`).join('')}`;

async function derived(csv: string, steps: object[], known: readonly { date: number; value: number | null }[] = []) {
  const series = { S: known.map(({ date, value }) => ({ date: isoDay(date), value })) };
  const { rows, problems } = await deriveHere(csv, steps, { roles, series });
  expect(problems).toEqual([]);
  return rows;
}

test('a series looked up at periods has the values of their last rows', async () => {
  const series = ['S', { id: 'S', transform: 'percent-change' }, { id: 'S', transform: 'year-over-year' }];
  const names = ['S', 'S_percent_change', 'S_yoy'];
  const macro = { kind: 'macro', series };
  const values = [{ column: 'sales' }, ...names.map((column) => ({ column, function: 'last' }))];
  const weekly = { kind: 'aggregate', period: 'week', incomplete: 'keep', values };
  // it leaves out nothing; behind a filter the values are those of the rows
  const filter = { kind: 'filter', start: '2000-01-01' };
  await fc.assert(
    fc.asyncProperty(sales, observations, async (rows, known) => {
      const csv = csvOf(rows);
      expect(await derived(csv, [macro, weekly], known)).toEqual(await derived(csv, [macro, filter, weekly], known));
    }),
    few,
  );
});

test('two steps of series do not mix', async () => {
  const csv = csvOf([]);
  const known = [{ date: -1, value: 2 }];
  const [row] = await derived(
    csv,
    [
      { kind: 'macro', series: [{ id: 'S', as: 'first' }] },
      { kind: 'macro', series: [{ id: 'S', transform: 'difference', as: 'second' }] },
    ],
    known,
  );
  expect(row).toMatchObject({ first: 2, second: null });
});

test('features of rows that come sorted are those of rows that do not', async () => {
  const weekly = { kind: 'aggregate', period: 'week', incomplete: 'keep', values: [{ column: 'sales' }] };
  const features = [
    { kind: 'lags', periods: [1, 3] },
    { kind: 'rolling', windows: [2, 4] },
    { kind: 'rolling', windows: [3], functions: ['std', 'max'], as: 'other' },
  ];
  // its join leaves the order open
  const shuffled = { kind: 'calendar', parts: ['month'], holidays: 'US' };
  await fc.assert(
    fc.asyncProperty(sales, async (rows) => {
      const csv = csvOf(rows);
      const sorted = await derived(csv, [weekly, ...features, shuffled]);
      expect(await derived(csv, [weekly, shuffled, ...features])).toEqual(sorted);
    }),
    few,
  );
});
