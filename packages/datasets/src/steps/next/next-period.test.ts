import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deriveHere } from '../../../test/derive-here.ts';
import { nextHere } from '../../../test/next-here.ts';

const roles = { timestamp: 'day', item: 'product', target: 'sold' };
const weekly = { kind: 'aggregate', period: 'week', values: [{ column: 'sold' }] };
const steps: object[] = [
  weekly,
  { kind: 'lags', periods: 3 },
  { kind: 'rolling', windows: [2, 3], functions: ['mean', 'std', 'max'], minPeriods: 1 },
  { kind: 'calendar', holidays: 'US' },
];

const isoDay = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
type Order = readonly [day: number, product: number, sold: number];
const csvOf = (orders: readonly Order[]) =>
  `day,product,sold\n${orders.map(([day, product, sold]) => `${isoDay(day)},${product},${sold}\n`).join('')}`;

test('the next period of each item is the one after the last complete one, with the past as its features', async () => {
  const orders: Order[] = [
    [0, 4048, 3],
    [7, 4048, 5],
    [13, 4048, 1],
    [6, 17, 9],
    [15, 17, 100],
  ];
  const next = await nextHere(csvOf(orders), [weekly, { kind: 'lags', periods: 2 }], roles);

  expect(new Date(next.periodStart).toISOString()).toBe('2024-01-15T00:00:00.000Z');
  expect(next.rows).toBe(2);
  const features = (item: string) => next.features.find((row) => row.__bellwether_item === item);
  expect(features('4048')).toEqual({
    __bellwether_item: '4048',
    product: 4048,
    day: '2024-01-15T00:00:00.000Z',
    sold: null,
    'last-1_week_sales': 6,
    'last-1_week_diff': 3,
    'last-2_week_sales': 3,
    'last-2_week_diff': null,
  });
  expect(features('17')).toMatchObject({ 'last-1_week_sales': 0, 'last-2_week_sales': 9 });
});

test('an item with one week of history has that week and nothing before it', async () => {
  const orders: Order[] = [
    [0, 1, 3],
    [8, 2, 7],
    [13, 1, 2],
  ];
  const { features } = await nextHere(csvOf(orders), [weekly, { kind: 'lags', periods: 2 }], roles);
  expect(features.find(({ product }) => product === 2)).toMatchObject({
    'last-1_week_sales': 7,
    'last-1_week_diff': null,
    'last-2_week_sales': null,
  });
});

test('a period asked for as the end of the training data is not the end of the future', async () => {
  const orders: Order[] = [
    [0, 1, 3],
    [13, 1, 2],
  ];
  const cut = { kind: 'filter', end: '2024-01-07' };
  const { periodStart } = await nextHere(csvOf(orders), [cut, weekly, { kind: 'lags', periods: 1 }], roles);
  expect(new Date(periodStart).toISOString()).toBe('2024-01-15T00:00:00.000Z');
});

const order = fc.tuple(
  fc.integer({ min: 0, max: 34 }),
  fc.constantFrom(1, 2, 3),
  fc.oneof(fc.integer({ min: 0, max: 50 }), fc.double({ min: 0, max: 9, noNaN: true })),
);

test('what is served for an item is what training sees once the period is over, bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 10, maxLength: 40 }), async (orders) => {
      const anchors: Order[] = [
        [0, 1, 0.5],
        [27, 1, 1000.25],
      ];
      const known = orders.filter(([day]) => day < 28);
      const later: Order[] = [...orders.filter(([day]) => day >= 28), [34, 1, 7.125]];
      const served = await nextHere(csvOf([...anchors, ...known]), steps, roles);
      const batch = await deriveHere(csvOf([...anchors, ...known, ...later]), steps, { roles });
      expect(batch.problems).toEqual([]);
      expect(new Date(served.periodStart).toISOString().slice(0, 10)).toBe(isoDay(28));
      for (const { __bellwether_item, ...features } of served.features) {
        const trained = batch.rows.find(
          ({ product, day }) => product === features.product && String(day).startsWith(isoDay(28)),
        );
        expect(features).toEqual({ ...trained, sold: null });
      }
      expect(served.features.length).toBe(new Set([...anchors, ...known].map(([, product]) => product)).size);
    }),
    { numRuns: 12 },
  );
});

test('of several periods each is predicted from the predictions before it', async () => {
  const orders: Order[] = [
    [0, 1, 3],
    [7, 1, 5],
    [13, 1, 1],
    [13, 2, 1],
  ];
  const next = await nextHere(csvOf(orders), [weekly, { kind: 'lags', periods: 2 }], roles);
  const sum = (features: Readonly<Record<string, unknown>>) =>
    Number(features['last-1_week_sales']) + Number(features['last-2_week_sales']) + 0.5;

  const periods = await next.periods('1', 4, sum);

  expect(periods.map(({ periodStart }) => new Date(periodStart).toISOString().slice(0, 10))).toEqual([
    '2024-01-15',
    '2024-01-22',
    '2024-01-29',
    '2024-02-05',
  ]);
  expect(periods.map(({ prediction }) => prediction)).toEqual([9.5, 16, 26, 42.5]);
});

test('a prediction of a logarithm stands for the number that it is the logarithm of', async () => {
  const orders: Order[] = [
    [0, 1, 3],
    [13, 1, 6],
  ];
  const logarithm = { kind: 'log1p', column: 'sold' };
  const next = await nextHere(csvOf(orders), [weekly, { kind: 'lags', periods: 1 }, logarithm], roles);
  const seen: unknown[] = [];
  await next.periods('1', 2, (features) => {
    seen.push(features['last-1_week_sales']);
    return Math.log1p(11);
  });
  expect(seen[0]).toBe(6);
  expect(seen[1]).toBeCloseTo(11, 12);
});

test('all items together have the predictions that each has alone, by one call of the model a period', async () => {
  const withFills = [
    weekly,
    { kind: 'fill', columns: ['sold'], method: 'forward' },
    { kind: 'lags', periods: 2 },
    { kind: 'rolling', windows: [2, 3, 70], functions: ['mean', 'std', 'min', 'max'], minPeriods: 1 },
    { kind: 'calendar', holidays: 'US' },
    { kind: 'log1p', column: 'sold' },
  ];
  const meanOf = ({ product: _, day: __, ...features }: Readonly<Record<string, unknown>>) => {
    const numbers = Object.values(features).map((value) => Math.asinh(Number(value) || 0));
    return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  };
  const most = fc.array(order, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(most, fc.integer({ min: 1, max: 4 }), async (orders, count) => {
      const next = await nextHere(csvOf([[0, 2, 0.5], ...orders, [34, 1, 7.125]]), withFills, roles);
      const all = await next.periods(undefined, count, meanOf);
      const alone = [];
      for (const { __bellwether_item: item } of next.features) {
        alone.push(...(await next.periods(String(item), count, meanOf)));
      }
      expect(all).toEqual(alone);
      expect(all).toHaveLength(next.rows * count);
    }),
    { numRuns: 5, endOnFailure: true },
  );
});
