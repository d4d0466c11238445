import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RawRows, RegulariseOptions } from './raw-rows.ts';
import { regularise } from './regularise.ts';
import type { PanelSchema } from './series.ts';

const day = 24 * 3_600_000;
const daily: PanelSchema = { frequency: { unit: 'day', count: 1 }, known: [], attributes: [] };

/** Rows of item, day and target. */
const rowsOf = (rows: readonly (readonly [string, number, number])[]): RawRows => ({
  item: rows.map(([item]) => item),
  at: Float64Array.from(rows, ([, at]) => at * day),
  target: Float64Array.from(rows, ([, , target]) => target),
  known: [],
  attributes: [],
});

const valuesOf = (rows: readonly (readonly [string, number, number])[], options: RegulariseOptions = {}) => {
  const { series, problems } = regularise(rowsOf(rows), daily, options);
  return {
    values: series.map(({ values }) => Array.from(values)),
    codes: problems.map(({ code }) => code),
    problems,
    series,
  };
};

test.each<[RegulariseOptions['gaps'], number[]]>([
  ['zero', [1, 0, 0, 4]],
  ['forward', [1, 1, 1, 4]],
  ['interpolate', [1, 2, 3, 4]],
  ['missing', [1, Number.NaN, Number.NaN, 4]],
])('gaps are filled by %s', (gaps, wanted) => {
  const rows = [
    ['a', 5, 1],
    ['a', 8, 4],
  ] as const;
  expect(valuesOf(rows, gaps === undefined ? {} : { gaps }).values).toEqual([wanted]);
});

test('rows of the same period are added up, replaced or averaged, and counted', () => {
  const rows = [
    ['a', 0, 1],
    ['a', 0, 5],
    ['a', 1, 2],
  ] as const;
  expect(valuesOf(rows, { duplicates: 'sum' }).values).toEqual([[6, 2]]);
  expect(valuesOf(rows, { duplicates: 'last' }).values).toEqual([[5, 2]]);
  expect(valuesOf(rows, { duplicates: 'mean' }).values).toEqual([[3, 2]]);
  const [problem] = valuesOf(rows).problems;
  expect(problem).toMatchObject({ code: 'duplicates-merged', rows: 1, items: 1, examples: ['a'] });
});

test('a few rows twice are corrections, many are a log of events', () => {
  const days = Array.from({ length: 100 }, (_, i) => ['a', i, 1] as const);
  expect(valuesOf([...days, ['a', 3, 9]]).values[0]?.[3]).toBe(9);
  expect(valuesOf([...days, ...days]).values[0]?.[3]).toBe(2);
});

test('rows that say the same again are no events, unless all values are alike', () => {
  const days = Array.from({ length: 40 }, (_, i) => ['a', i, i % 13] as const);
  expect(valuesOf([...days, ...days]).values[0]?.slice(0, 4)).toEqual([0, 1, 2, 3]);
});

test('a twentieth of the rows twice are corrections where they have the same stamp, and events where they do not', () => {
  const days = Array.from({ length: 100 }, (_, i) => ['a', i, i % 13] as const);
  const again = (hours: number) => Array.from({ length: 5 }, (_, i) => ['a', 10 * i + hours / 24, 50] as const);
  expect(valuesOf([...days, ...again(0)]).values[0]?.[10]).toBe(50);
  expect(valuesOf([...days, ...again(6)]).values[0]?.[10]).toBe(10 + 50);
});

test('an outage of a year is left missing, days without a sale are 0', () => {
  const outage = Array.from({ length: 800 }, (_, i) => ['a', i, 5 + (i % 7)] as const).filter(
    ([, day]) => day < 200 || day >= 565,
  );
  expect(valuesOf(outage).values[0]?.[300]).toBeNaN();
  const sales = Array.from({ length: 200 }, (_, i) => ['a', 3 * i + (i % 2), 1 + (i % 5)] as const);
  expect(valuesOf(sales).values[0]?.[1]).toBe(0);
});

test('targets of the future are cut off and told', () => {
  const { values, codes } = valuesOf(
    [
      ['a', 0, 1],
      ['a', 1, 2],
      ['a', 9, 3],
    ],
    { now: 2 * day },
  );
  expect(values).toEqual([[1, 2]]);
  expect(codes).toEqual(['future-values-cut']);
});

test('negative values are told, and replaced if that is wanted', () => {
  const rows = [
    ['a', 0, 4],
    ['a', 1, -3],
    ['a', 2, 5],
  ] as const;
  expect(valuesOf(rows)).toMatchObject({ values: [[4, -3, 5]], codes: ['negative-values'] });
  expect(valuesOf(rows, { negatives: 'forward' }).values).toEqual([[4, 4, 5]]);
  expect(valuesOf(rows, { negatives: 'zero' }).values).toEqual([[4, 0, 5]]);
});

test('zeros before the first sale are dropped if that is wanted', () => {
  const rows = [
    ['a', 0, 0],
    ['a', 1, 0],
    ['a', 2, 7],
    ['a', 3, 0],
  ] as const;
  const { values, series } = valuesOf(rows, { dropLeadingZeros: true });
  expect(values).toEqual([[7, 0]]);
  expect(series[0]?.first).toBe(2);
});

test('a gap of a year is told', () => {
  expect(
    valuesOf([
      ['a', 0, 1],
      ['a', 1, 2],
      ['a', 400, 3],
    ]).codes,
  ).toContain('long-gap');
});

test('items may all end with the panel', () => {
  const rows = [
    ['a', 0, 1],
    ['a', 1, 2],
    ['b', 3, 3],
  ] as const;
  expect(valuesOf(rows, { end: 'panel', gaps: 'zero' }).values).toEqual([[1, 2, 0, 0], [3]]);
});

test('rows without a time or an item are left out and told', () => {
  const { values, codes } = valuesOf([
    ['a', Number.NaN, 1],
    ['', 1, 2],
    ['a', 2, 3],
  ]);
  expect(values).toEqual([[3]]);
  expect(codes).toEqual(['stamp-missing', 'item-missing']);
});

test('an item without a value is a series without values, and told', () => {
  const { values, codes, series } = valuesOf([['a', 4, Number.NaN]]);
  expect(values).toEqual([[]]);
  expect(series[0]?.first).toBe(4);
  expect(codes).toEqual(['no-values']);
});

test('a stamp of the last century among minutes does not take memory for each of them', () => {
  const { series } = regularise(
    {
      ...rowsOf([
        ['a', 0, 1],
        ['a', 20_000, 2],
      ]),
    },
    { ...daily, frequency: { unit: 'minute', count: 1 } },
  );
  expect(series[0]?.values.length).toBe(1);
});

test('known columns go on into the future, categories as their places', () => {
  const rows: RawRows = {
    item: ['a', 'a', 'a'],
    at: Float64Array.of(0, day, 2 * day),
    target: Float64Array.of(1, 2, Number.NaN),
    known: [['none', 'half price', 'never seen'], Float64Array.of(9, 8, 7)],
    attributes: [[null, 'north', 'north']],
  };
  const { series } = regularise(rows, {
    ...daily,
    known: [
      { name: 'deal', kind: 'category', categories: ['half price', 'none'] },
      { name: 'price', kind: 'number' },
    ],
    attributes: [{ name: 'region', kind: 'category', categories: ['north'] }],
  });
  expect(series[0]?.known.map((column) => Array.from(column))).toEqual([
    [1, 0, Number.NaN],
    [9, 8, 7],
  ]);
  expect(Array.from(series[0]?.attributes ?? [])).toEqual([0]);
});

test('the order of rows changes nothing', () => {
  const row = fc.tuple(
    fc.constantFrom('a', 'b'),
    fc.integer({ min: 0, max: 20 }),
    fc.double({ min: -5, max: 99, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), fc.infiniteStream(fc.nat()), (rows, chance) => {
      const shuffled = rows
        .map((one) => ({ one, key: chance.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      const options = { duplicates: 'sum', gaps: 'zero' } as const;
      expect(valuesOf(shuffled, options).values).toEqual(valuesOf(rows, options).values);
    }),
  );
});
