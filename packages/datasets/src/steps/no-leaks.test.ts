import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deriveHere } from '../../test/derive-here.ts';
import type { Row } from '../read/read-rows.ts';

interface Sale {
  readonly id: number;
  readonly day: number;
  readonly item: string;
  readonly sales: number | null;
}
interface Release {
  readonly date: number;
  readonly lag: number;
  readonly value: number;
}

const isoDay = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
const csvOf = (rows: readonly Sale[]) =>
  `id,day,item,sales\n${rows.map(({ id, day, item, sales }) => `r${id},${isoDay(day)},${item},${sales ?? ''}\n`).join('')}`;
const seriesOf = (releases: readonly Release[]) =>
  releases.map(({ date, lag, value }) => ({ date: isoDay(date), knownFrom: isoDay(date + lag), value }));

const roles = { timestamp: 'day', item: 'item', target: 'sales' };

/** Every step whose features come from other rows or from series, once. */
const steps: object[] = [
  { kind: 'macro', asOf: 'release', series: ['S', { id: 'S', transform: 'difference' }] },
  { kind: 'lags', periods: 2 },
  { kind: 'rolling', windows: [2], functions: ['mean', 'max'], minPeriods: 1 },
  { kind: 'calendar' },
];
const filled: object[] = [
  { kind: 'fill', columns: ['sales'], method: 'mean' },
  { kind: 'fill', columns: ['sales'], method: 'forward' },
];

const sale = fc.record({
  day: fc.integer({ min: 0, max: 20 }),
  item: fc.constantFrom('a', 'b'),
  sales: fc.option(fc.integer({ min: -5, max: 50 })),
});
const sales = fc
  .array(sale, { minLength: 8, maxLength: 25 })
  .map((rows) => rows.map((row, id) => ({ ...row, id })) satisfies Sale[]);
const releases = fc.array(
  fc.record({
    date: fc.integer({ min: -5, max: 20 }),
    lag: fc.integer({ min: 0, max: 9 }),
    value: fc.integer({ min: 0, max: 99 }),
  }),
  { minLength: 1, maxLength: 15 },
);

/** The features by the row's id; a table of no variety may be read as other kinds, so ids and a wide range stay in. */
async function features(rows: readonly Sale[], known: readonly Release[], chosen: readonly object[]) {
  const anchors: Sale[] = [
    { id: 900, day: 0, item: 'a', sales: 1000 },
    { id: 901, day: 0, item: 'b', sales: 2000.5 },
  ];
  const derived = await deriveHere(csvOf([...anchors, ...rows]), chosen, { roles, series: { S: seriesOf(known) } });
  expect(derived.problems).toEqual([]);
  return new Map(derived.rows.map((row) => [row.id, row] as const));
}

const few = { numRuns: 10 };

test('values, observations and vintages after a row’s date change none of its features', async () => {
  await fc.assert(
    fc.asyncProperty(sales, releases, fc.integer({ min: 0, max: 20 }), async (rows, known, today) => {
      const altered = rows.map((row) => (row.day > today ? { ...row, sales: (row.sales ?? 0) + 7 } : row));
      const revised = known.map((release) =>
        release.date + release.lag > today ? { ...release, value: release.value + 1 } : release,
      );
      for (const chosen of [steps, filled]) {
        const before = await features(rows, known, chosen);
        const after = await features(altered, revised, chosen);
        for (const { id, day } of rows) {
          if (day <= today) expect(after.get(`r${id}`)).toEqual(before.get(`r${id}`));
        }
      }
    }),
    few,
  );
});

test('a row’s own value is none of its features', async () => {
  await fc.assert(
    fc.asyncProperty(sales, releases, async (rows, known) => {
      const [own] = rows.filter(
        ({ day, item }) => rows.filter((row) => row.day === day && row.item === item).length === 1,
      );
      fc.pre(own !== undefined);
      const altered = rows.map((row) => (row === own ? { ...row, sales: 33 } : row));
      const without = (row: Row | undefined) => ({ ...row, sales: null });
      const id = `r${own?.id}`;
      const [before, after] = [await features(rows, known, steps), await features(altered, known, steps)];
      expect(without(after.get(id))).toEqual(without(before.get(id)));
    }),
    few,
  );
});

test('of rows of one moment none tells by its past how large it is itself', async () => {
  const random = (row: number) => (row * 7919) % 1009;
  const csv = `day,sales\n${Array.from({ length: 800 }, (_, row) => `${isoDay(row >> 4)},${random(row)}\n`).join('')}`;
  const { rows } = await deriveHere(csv, [{ kind: 'lags', column: 'sales', periods: 1 }]);
  const pairs = rows
    .map((row) => [Number(row.sales), row['last-1_row_sales']] as const)
    .filter(([, before]) => before !== null);
  const larger = pairs.filter(([own, before]) => own > Number(before)).length / pairs.length;
  expect(larger).toBeGreaterThan(0.4);
  expect(larger).toBeLessThan(0.6);
});

test('the order of the rows changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(sales, releases, fc.integer(), async (rows, known, seed) => {
      const shuffled = rows.toSorted((a, b) => ((a.id * 7919 + seed) % 101) - ((b.id * 7919 + seed) % 101));
      expect(await features(shuffled, known, [...steps, ...filled])).toEqual(
        await features(rows, known, [...steps, ...filled]),
      );
    }),
    few,
  );
});
