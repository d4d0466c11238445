import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesIn, inspectHere, temporaryFolder } from '../../test/inspect-here.ts';
import { readRows } from '../read/read-rows.ts';
import { type SplitRequest, writeSplit } from './write-split.ts';

const days = (count: number, make: (index: number) => string) =>
  `day,x,y\n${Array.from({ length: count }, (_, index) => `${make(index)},${index},${index * 2}\n`).join('')}`;
const day = (index: number) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);

async function split(
  csv: string,
  order: { seed: number; group?: string } | { timestamp: string },
  options: Partial<SplitRequest> = {},
) {
  const { output } = await inspectHere(csv);
  const folder = await temporaryFolder();
  const outputs = {
    train: join(folder, 'out', 'train.parquet'),
    test: join(folder, 'out', 'test.parquet'),
    actuals: join(folder, 'out', 'actuals.parquet'),
  };
  const request = { outputs, target: 'y', testFraction: 0.25, workDir: join(folder, 'work'), ...order, ...options };
  const result = await writeSplit(output, request as SplitRequest);
  const rows = async (path: string) => (result.ok ? await readRows(path, { offset: 0, limit: 1000 }) : []);
  return {
    result,
    train: await rows(outputs.train),
    test: await rows(outputs.test),
    actuals: await rows(outputs.actuals),
    left: [...(await filesIn(join(folder, 'work'))), ...(await filesIn(join(folder, 'out')))],
  };
}

describe('a split by a seed', () => {
  test('gives each row to one part, and the actual values to the test part', async () => {
    const { result, train, test: tested, actuals, left } = await split(days(40, day), { seed: 7 });
    expect(result).toEqual({ ok: true, train: 30, test: 10, undated: 0 });
    expect(left.toSorted()).toEqual(['actuals.parquet', 'test.parquet', 'train.parquet']);
    expect(Object.keys(train[0] ?? {})).toEqual(['day', 'x', 'y']);
    expect(Object.keys(tested[0] ?? {})).toEqual(['row_id', 'day', 'x']);
    expect(Object.keys(actuals[0] ?? {})).toEqual(['row_id', 'y']);
    const all = [...train, ...tested].map((row) => Number(row.x)).toSorted((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect(actuals).toEqual(tested.map((row) => ({ row_id: row.row_id, y: Number(row.x) * 2 })));
    expect(tested.map((row) => row.row_id)).toEqual(tested.map((row) => Number(row.x) + 1));
  });

  test('is the same for the same seed, and another for another', async () => {
    const chosen = async (seed: number) => (await split(days(40, day), { seed })).test.map(({ x }) => x);
    const first = await chosen(1);
    expect(await chosen(1)).toEqual(first);
    expect(await chosen(2)).not.toEqual(first);
  });
});

describe('a split by group', () => {
  /** 40 items of 1 to 5 rows, mixed. */
  const items = Array.from({ length: 40 }, (_, item) => Array.from({ length: 1 + (item % 5) }, () => `item ${item}`))
    .flat()
    .toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1));
  const csv = `name,x,y\n${items.map((name, x) => `${name},${x},${x * 2}\n`).join('')}`;
  const itemsOf = (rows: readonly Record<string, unknown>[]) => new Set(rows.map(({ name }) => name));

  test('has all rows of a group on one side, about as many rows in the test as asked, and each row once', async () => {
    for (const seed of [0, 1, 2]) {
      const { result, train, test: tested, actuals } = await split(csv, { seed, group: 'name' });
      expect([...itemsOf(train)].filter((name) => itemsOf(tested).has(name))).toEqual([]);
      expect(train.length + tested.length).toBe(120);
      expect(Math.abs(tested.length - 30)).toBeLessThanOrEqual(3);
      expect(result).toEqual({ ok: true, train: train.length, test: tested.length, undated: 0 });
      expect(actuals.map(({ row_id }) => row_id)).toEqual(tested.map(({ row_id }) => row_id));
    }
  });

  test('is the same for the same seed, another for another, and does not look at the order of rows', async () => {
    const chosen = async (seed: number, table = csv) =>
      [...itemsOf((await split(table, { seed, group: 'name' })).test)].map(String).toSorted();
    const [header, ...lines] = csv.trim().split('\n');
    const first = await chosen(1);
    expect(await chosen(1, `${[header, ...lines.toReversed()].join('\n')}\n`)).toEqual(first);
    expect(await chosen(2)).not.toEqual(first);
  });

  test('leaves a group on each side, however large it is', async () => {
    const two = `name,y\n${'a,1\n'.repeat(9)}b,2\n`;
    for (const testFraction of [0.01, 0.99]) {
      const { train, test: tested } = await split(two, { seed: 3, group: 'name' }, { testFraction });
      expect([itemsOf(train).size, itemsOf(tested).size]).toEqual([1, 1]);
    }
  });

  test.each([
    ['one group', 'name,y\na,1\na,2\n', 'one-group'],
    ['a missing group', 'name,y\na,1\n,2\nb,3\n', 'group-has-gaps'],
    ['no such column', 'nam,y\na,1\nb,2\n', 'column-missing'],
  ])('%s is refused', async (_, table, code) => {
    const { result } = await split(table, { seed: 0, group: 'name' });
    expect(result).toMatchObject({ ok: false, problems: [{ code, column: 'name' }] });
  });
});

describe('a split by time', () => {
  test('tests on the last rows, whatever their order in the file', async () => {
    const shuffled = (index: number) => day((index * 7) % 40);
    const { result, train, test: tested } = await split(days(40, shuffled), { timestamp: 'day' });
    expect(result).toEqual({ ok: true, train: 30, test: 10, undated: 0 });
    const latest =
      train
        .map((row) => String(row.day))
        .toSorted()
        .at(-1) ?? '';
    expect(tested.every((row) => String(row.day) > latest)).toBe(true);
  });

  test('never puts one moment into both parts', async () => {
    const { result } = await split(
      days(40, (index) => day(Math.floor(index / 8))),
      { timestamp: 'day' },
    );
    expect(result).toEqual({ ok: true, train: 24, test: 16, undated: 0 });
  });

  test('learns from rows without a time, and says how many', async () => {
    const csv = days(40, (index) => (index % 8 === 3 ? '' : day(index)));
    const { result, train, test: tested } = await split(csv, { timestamp: 'day' });
    expect(result).toEqual({ ok: true, train: 30, test: 10, undated: 5 });
    expect(train.filter((row) => row.day === null)).toHaveLength(5);
    const latest =
      train
        .map((row) => String(row.day ?? ''))
        .toSorted()
        .at(-1) ?? '';
    expect(tested.every((row) => String(row.day) > latest)).toBe(true);
  });

  test.each([
    ['of a column without times', 'x', days(40, day), 'timestamp-not-a-time'],
    ['of rows without any time', 'day', `day,x,y\n${day(1)},1,1\n,2,2\n,3,3\n`, 'one-time'],
    ['of rows of one moment', 'day', days(40, () => day(1)), 'one-time'],
    ['by a column that is not there', 'dya', days(40, day), 'column-missing'],
  ])('%s is refused', async (_, timestamp, csv, code) => {
    const { result, left } = await split(csv, { timestamp });
    expect(result).toMatchObject({ ok: false, problems: [{ code }] });
    expect(left).toEqual([]);
  });
});

test.each([
  ['a target that is not there', { target: 'z' }, days(4, day), 'column-missing'],
  ['a fraction of all', { testFraction: 1 }, days(4, day), 'bad-fraction'],
  ['one row', {}, days(1, day), 'too-few-rows'],
  ['a row_id of its own', {}, 'row_id,y\n5,1\n6,2\n9,3\n', 'reserved-column'],
])('a split with %s is refused', async (_, options, csv, code) => {
  expect((await split(csv, { seed: 1 }, options)).result).toMatchObject({ ok: false, problems: [{ code }] });
});
