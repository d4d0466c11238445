import type { Frame } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { categorical, frameOf, numeric } from '../../test/oracle.ts';
import { hashRows, splitHoldout } from '../index.ts';

interface Row {
  a: number | null;
  c: string | null;
  y: number | null;
}

const anyRow: fc.Arbitrary<Row> = fc.record({
  a: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  c: fc.option(fc.string({ maxLength: 4 })),
  y: fc.option(fc.integer({ min: 0, max: 3 })),
});
const rowsOf = (minLength: number) => fc.array(anyRow, { minLength, maxLength: 60 });

const tableOf = (rows: readonly Row[]): Frame =>
  frameOf(
    numeric(
      'a',
      rows.map(({ a }) => a),
    ),
    categorical(
      'c',
      rows.map(({ c }) => c),
    ),
    numeric(
      'y',
      rows.map(({ y }) => y),
    ),
  );

const many = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ a: i / 7, c: `c${i % 5}`, y: i % 2 }));

test('the hash of a row never changes between releases, or old hold-outs would leak into training', () => {
  const hashes = hashRows(
    tableOf([
      { a: 1.5, c: 'Ideal', y: 0 },
      { a: null, c: null, y: null },
      { a: 0, c: '', y: 1 },
    ]),
  );
  expect([...hashes]).toEqual([0.6419313920553997, 0.16073335699834523, 0.24378386765000548]);
});

test('about the asked share is held out', () => {
  for (const fraction of [0.1, 0.2, 0.5]) {
    const { holdout, training } = splitHoldout(tableOf(many(20_000)), { target: 'y', fraction });
    expect(holdout.length / 20_000).toBeCloseTo(fraction, 1.7);
    expect(holdout.length + training.length).toBe(20_000);
  }
});

test('a row hashes the same in whatever place, table, column order and category codes', () => {
  fc.assert(
    fc.property(rowsOf(1), rowsOf(0), (rows, others) => {
      const alone = hashRows(tableOf(rows));
      const reversed = hashRows(tableOf([...others, ...rows].reverse()));
      expect([...reversed.slice(0, rows.length)].reverse()).toEqual([...alone]);
      const table = tableOf(rows);
      const turned = hashRows({ ...table, columns: [...table.columns].reverse() });
      expect([...turned]).toEqual([...alone]);
    }),
  );
});

test('rows stay on their side when the table grows and is shuffled', () => {
  fc.assert(
    fc.property(rowsOf(0), (added) => {
      const before = splitHoldout(tableOf(many(100)), { target: 'y' });
      const grown = [...added, ...many(100)];
      const after = splitHoldout(tableOf(grown), { target: 'y' });
      const heldAfter = new Set(after.holdout);
      for (const row of before.holdout) expect(heldAfter.has(row + added.length)).toBe(true);
      for (const row of before.training) expect(heldAfter.has(row + added.length)).toBe(false);
    }),
  );
});

test('sides are disjoint, never empty, hold every row with a target, and identical rows are on one side', () => {
  fc.assert(
    fc.property(rowsOf(0), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (rows, fraction) => {
      const distinct: Row[] = [{ a: 1, c: 'p', y: 0 }, { a: 2, c: 'q', y: 1 }, ...rows, ...rows];
      const { training, holdout } = splitHoldout(tableOf(distinct), { target: 'y', fraction });
      expect(training.length).toBeGreaterThan(0);
      expect(holdout.length).toBeGreaterThan(0);
      const usable = [...distinct.keys()].filter((row) => distinct[row]?.y !== null);
      expect([...training, ...holdout].sort((x, y) => x - y)).toEqual(usable);
      const keyOf = (row: number) => JSON.stringify(distinct[row]);
      const trained = new Set([...training].map(keyOf));
      expect([...holdout].some((row) => trained.has(keyOf(row)))).toBe(false);
    }),
  );
});

test('by time, every held-out row is later than every training row, and ties are together', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { maxLength: 40 }), (times) => {
      const all = [0, 9, ...times];
      const table = frameOf(numeric('t', all), numeric('y', all.keys()));
      const { training, holdout } = splitHoldout(table, { target: 'y', timestamp: 't' });
      const timeOf = (row: number) => all[row] as number;
      expect(Math.max(...[...training].map(timeOf))).toBeLessThan(Math.min(...[...holdout].map(timeOf)));
      expect(training.length + holdout.length).toBe(all.filter((time) => time !== null).length);
    }),
  );
});

test('rows of one single time are split by hash', () => {
  const table = frameOf(numeric('t', [5, 5, 5]), numeric('y', [1, 2, 3]));
  const { training, holdout } = splitHoldout(table, { target: 'y', timestamp: 't' });
  expect([training.length, holdout.length]).toEqual([2, 1]);
});

test.each([
  ['one row', [{ a: 1, c: 'x', y: 1 }]],
  [
    'no target',
    [
      { a: 1, c: 'x', y: null },
      { a: 2, c: 'x', y: null },
    ],
  ],
  [
    'identical rows',
    [
      { a: 1, c: 'x', y: 1 },
      { a: 1, c: 'x', y: 1 },
    ],
  ],
])('a table that cannot be split is refused: %s', (_name, rows) => {
  expect(() => splitHoldout(tableOf(rows), { target: 'y' })).toThrow(
    expect.objectContaining({ code: 'too-few-rows', status: 422 }),
  );
});

test('a fraction outside 0 to 1 and an unknown target are refused', () => {
  expect(() => splitHoldout(tableOf(many(5)), { target: 'y', fraction: 1 })).toThrow(
    expect.objectContaining({ code: 'fraction-refused' }),
  );
  expect(() => splitHoldout(tableOf(many(5)), { target: 'z' })).toThrow(
    expect.objectContaining({ code: 'column-missing' }),
  );
});
