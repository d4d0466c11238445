import { readFile } from 'node:fs/promises';
import type { ColumnProfile } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { inspectHere } from '../../test/inspect-here.ts';
import { parquetBytes } from '../../test/write-parquet.ts';

interface Fixture {
  readonly csv: string;
  readonly columns: readonly ColumnProfile[];
}

const fixture = JSON.parse(await readFile(new URL('./fixtures/pandas.json', import.meta.url), 'utf8')) as Fixture;
const inspection = inspectHere(fixture.csv);

/** Equal to 12 digits of the larger. */
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));

test.each(fixture.columns)('the profile of $name is that of pandas', async (expected) => {
  const found = await inspection;
  const profile = found.ok ? found.profile.columns.find(({ name }) => name === expected.name) : undefined;
  expect(profile).toMatchObject({ nulls: expected.nulls, distinct: expected.distinct });
  expect(profile?.top).toEqual(expected.top);
  if (expected.mean === undefined) return;
  const figures = ({ min, max, mean, quantiles = [] }: ColumnProfile) => [min, max, mean, ...quantiles].map(Number);
  const pairs = figures(expected).map((value, index) => [value, figures(profile as ColumnProfile)[index]]);
  expect(pairs.filter(([a, b]) => !close(a as number, b as number))).toEqual([]);
  // rounding grows with the mean's size in deviations, a million million in one of the columns
  const deviation = Number(expected.standardDeviation);
  const rounding = 1e-12 + (Number.EPSILON * Math.abs(expected.mean)) / deviation;
  expect(Math.abs(Number(profile?.standardDeviation) / deviation - 1)).toBeLessThan(rounding);
});

test('times have their first and last in ISO 8601, and no mean', async () => {
  const found = await inspectHere('at,x\n2024-01-02 10:00:00,1\n2024-01-01,2\n');
  expect(found.ok && found.profile.columns[0]).toEqual({
    name: 'at',
    nulls: 0,
    distinct: 2,
    min: '2024-01-01T00:00:00.000Z',
    max: '2024-01-02T10:00:00.000Z',
  });
});

test('a column of one value has no deviation, one of huge values neither mean nor deviation', async () => {
  const found = await inspectHere('one,huge\n1.5,1e300\n,-1e300\n');
  const [one, huge] = found.ok ? found.profile.columns : [];
  expect(one).toMatchObject({ mean: 1.5, min: 1.5, max: 1.5 });
  expect(one).not.toHaveProperty('standardDeviation');
  expect(huge).toMatchObject({ min: -1e300, max: 1e300 });
  expect(huge).not.toHaveProperty('mean');
});

test('beyond a million rows counts of up to 10,000 distinct values are exact, quantiles nearly so', async () => {
  const query = `SELECT i AS id, i % 9973 AS few, 'k' || (i % 9001) AS word, (i * 7919) % 1000003 / 4 AS many
    FROM range(1200000) t(i)`;
  const found = await inspectHere(await parquetBytes(query));
  if (!found.ok) throw new Error(found.problems[0]?.message);
  const [id, few, word, many] = found.profile.columns;
  expect([few?.distinct, word?.distinct]).toEqual([9973, 9001]);
  expect(Math.abs((many?.distinct ?? 0) / 1_000_003 - 1)).toBeLessThan(0.5);
  expect(found.schema.map(({ kind }) => kind)).toEqual(['id-like', 'integer', 'categorical', 'numeric']);
  for (const [index, level] of [0.05, 0.25, 0.5, 0.75, 0.95].entries()) {
    expect(Math.abs((id?.quantiles?.[index] ?? 0) / 1_200_000 - level)).toBeLessThan(0.005);
  }
});

test('a table wide enough for one thread and renewed sessions is profiled', async () => {
  const names = Array.from({ length: 450 }, (_, index) => `f${index}`);
  const rows = Array.from({ length: 50 }, (_, row) => names.map((_, column) => (row * column) % 7).join(','));
  const found = await inspectHere(`${names.join(',')}\n${rows.join('\n')}\n`);
  expect(found).toMatchObject({ ok: true, rows: 50, columns: 450 });
});

test('the most frequent values of many columns are those of each', async () => {
  const words = ['x', 'y', "it's", 'é'];
  const names = Array.from({ length: 150 }, (_, index) => `"f ""${index}"`);
  const rows = Array.from({ length: 40 }, (_, row) => names.map((_, column) => words[((row * column) % 11) % 4]));
  const found = await inspectHere(`${names.join(',')}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  if (!found.ok) throw new Error(found.problems[0]?.message);
  for (const column of [1, 7, 149]) {
    const counts = Map.groupBy(rows, (row) => row[column]).entries();
    const expected = [...counts].map(([value, same]) => ({ value, count: same.length }));
    const top = found.profile.columns[column]?.top ?? [];
    expect(top.toSorted((a, b) => words.indexOf(a.value) - words.indexOf(b.value))).toEqual(
      expected.toSorted((a, b) => words.indexOf(a.value ?? '') - words.indexOf(b.value ?? '')),
    );
    expect(top.map(({ count }) => count)).toEqual(top.map(({ count }) => count).toSorted((a, b) => b - a));
  }
});

test('distinct values and quantiles of a table of middling length are exact', async () => {
  const rows = 60_000;
  const query = `SELECT (i * 7919) % 997 AS few, (i * 7919) % 60013 / 8 AS many, 'w' || (i % 30) AS word FROM range(${rows}) t(i)`;
  const found = await inspectHere(await parquetBytes(query));
  if (!found.ok) throw new Error(found.problems[0]?.message);
  const values = (of: (row: number) => number) => Array.from({ length: rows }, (_, row) => of(row));
  const columns = [values((row) => (row * 7919) % 997), values((row) => ((row * 7919) % 60013) / 8)];
  for (const [index, column] of columns.entries()) {
    const sorted = column.toSorted((a, b) => a - b);
    const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map((level) => {
      const place = (rows - 1) * level;
      const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
      return low + (high - low) * (place - Math.floor(place));
    });
    const profile = found.profile.columns[index];
    expect(profile).toMatchObject({ distinct: new Set(column).size, nulls: 0, min: sorted[0], max: sorted.at(-1) });
    for (const [place, value] of quantiles.entries()) expect(profile?.quantiles?.[place]).toBeCloseTo(value, 9);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(profile?.mean).toBeCloseTo(mean, 9);
    expect(profile?.standardDeviation).toBeCloseTo(Math.sqrt(squares / (rows - 1)), 9);
  }
  expect(found.profile.columns[2]).toMatchObject({ distinct: 30, min: 'w0', max: 'w9' });
});

test('of few values in a long table all is exact, with gaps, one value, and values too large for a mean', async () => {
  const query = `SELECT CASE WHEN i % 3 > 0 THEN i % 7 END AS gaps, 5 AS one, CASE WHEN i > 59998 THEN 1e300 ELSE i % 2 END AS huge,
    CASE WHEN i = 7 THEN 2.5 END AS single, TIMESTAMP '2024-01-01' + INTERVAL (i % 60000) SECOND AS at FROM range(60001) t(i)`;
  const found = await inspectHere(await parquetBytes(query));
  if (!found.ok) throw new Error(found.problems[0]?.message);
  const [gaps, one, huge, single, at] = found.profile.columns;
  expect(gaps).toMatchObject({ nulls: 20001, distinct: 7, min: 0, max: 6 });
  expect(gaps?.mean).toBeCloseTo(3, 3);
  expect(one).toMatchObject({ distinct: 1, mean: 5, standardDeviation: 0, quantiles: [5, 5, 5, 5, 5] });
  expect(huge).toMatchObject({ max: 1e300, distinct: 3, mean: 29999 / 59999 });
  expect(single).toMatchObject({ nulls: 60000, distinct: 1, mean: 2.5, min: 2.5, max: 2.5 });
  expect(single).not.toHaveProperty('standardDeviation');
  expect(at).toMatchObject({
    nulls: 0,
    distinct: 60000,
    min: '2024-01-01T00:00:00.000Z',
    max: '2024-01-01T16:39:59.000Z',
  });
});
