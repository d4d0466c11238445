import { expect, test } from '@jest/globals';
import { randomNumbers } from '../../test/tables.ts';
import { allocatePage } from '../kernel/plan-memory.ts';
import { startTeam } from '../kernel/team.ts';
import type { Rows } from '../matrix.ts';
import { Parameters } from '../training/parameters.ts';
import { createWorkspace } from '../training/workspace.ts';
import { findCuts as findCutsIn } from './find-cuts.ts';
import { planBins, thresholdAfter } from './plan-bins.ts';

const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 });

const findCuts = (x: Rows, bins: number, other?: Rows) => findCutsIn(startTeam(1, allocatePage()), x, bins, other);

/** The features and bins of rows, and of others that are validated on, as they lie in the kernel's memory. */
const binned = (x: Rows, other?: Rows) => {
  const labelled = (rows: Rows) => ({ x: rows, y: new Float64Array(rows.rows) });
  const validation = other === undefined ? undefined : labelled(other);
  const { memory, plan, bins } = createWorkspace(
    labelled(x),
    validation,
    Parameters.parse({}),
    startTeam(1, allocatePage()),
  );
  const { features } = bins;
  const rows = x.rows + (other?.rows ?? 0);
  return {
    features,
    byRow: new Uint8Array(memory.buffer, plan.addresses.binsByRow, rows * features.length),
    byColumn: new Uint8Array(memory.buffer, plan.addresses.binsByColumn, x.rows * features.length),
  };
};

test('few values are told apart half way between neighbours', () => {
  expect(findCuts(column(3, 1, 1, 8, 3), 256)).toEqual([{ cuts: Float32Array.of(2, 5.5), hasMissing: false }]);
});

test('-0 and 0 are one value, and infinite ones are the largest finite ones', () => {
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  expect(findCuts(column(-0, 0), 256)[0]?.cuts).toHaveLength(0);
  expect(findCuts(column(NEGATIVE_INFINITY, POSITIVE_INFINITY), 256)[0]?.cuts).toEqual(Float32Array.of(0));
});

test('neighbouring floats are told apart too', () => {
  const low = 1;
  const high = 1 + 2 ** -23;
  expect(findCuts(column(low, high), 256)[0]?.cuts).toEqual(Float32Array.of(high));
});

test('many values make as many bins as allowed, of about as many rows each', () => {
  const random = randomNumbers(3);
  const values = Array.from({ length: 10_000 }, () => random() ** 3);
  expect(findCuts(column(...values), 256)[0]?.cuts).toHaveLength(255);
  const { byRow } = binned(column(...values));
  const counts = new Int32Array(256);
  for (const bin of byRow) counts[bin] = (counts[bin] as number) + 1;
  expect(Math.min(...counts)).toBeGreaterThan(30);
  expect(Math.max(...counts)).toBeLessThan(50);
});

test('a value that most rows have leaves the other bins to the rest', () => {
  const random = randomNumbers(4);
  const [found] = findCuts(column(...Array.from({ length: 5000 }, () => (random() < 0.9 ? 0 : random()))), 64);
  expect(found?.cuts.length).toBeGreaterThan(55);
});

test('missing values take one bin, also when they are missing elsewhere', () => {
  const values = Array.from({ length: 1000 }, (_, i) => i);
  expect(findCuts(column(...values), 256)[0]?.cuts).toHaveLength(255);
  expect(findCuts(column(...values, Number.NaN), 256)[0]).toMatchObject({ hasMissing: true, cuts: { length: 254 } });
  expect(findCuts(column(...values), 256, column(Number.NaN))[0]?.hasMissing).toBe(true);
});

test('columns with nothing to divide are left out, and those of many bins come first', () => {
  const rows = 300;
  const values = Float64Array.from(
    { length: rows * 4 },
    (_, at) => [5, (at >> 2) % 2, at, Number.NaN][at % 4] as number,
  );
  const { features, wide } = planBins(findCuts({ values, rows, columns: 4 }, 256));
  expect(features.map(({ column }) => column)).toEqual([2, 1]);
  expect(wide).toBe(1);
});

test('a value lies below the threshold after its bin and not below the one before, in columns of many and few values', () => {
  const random = randomNumbers(5);
  const rows = 5000;
  const draw = (at: number) => (at % 2 === 0 ? (random() - 0.5) * 1e3 ** random() : Math.floor(random() * 12));
  const values = Float64Array.from({ length: 2 * rows }, (_, at) => (random() < 0.05 ? Number.NaN : draw(at)));
  const { features, byRow, byColumn } = binned({ values, rows, columns: 2 });
  expect(features.map(({ bins }) => bins)).toEqual([255, 12]);
  for (let row = 0; row < rows; row++) {
    for (const [f, feature] of features.entries()) {
      const value = Math.fround(values[2 * row + f] as number);
      const bin = byRow[2 * row + f] as number;
      expect(byColumn[f * rows + row]).toBe(bin);
      if (Number.isNaN(value)) expect(bin).toBe(feature.missingBin);
      else {
        expect(value < thresholdAfter(feature, bin)).toBe(true);
        if (bin > 0) expect(value < thresholdAfter(feature, bin - 1)).toBe(false);
      }
    }
  }
});

test('tables that are binned in many parts and rows to validate on get the bins of their values', () => {
  const rows = 700;
  const columns = 400;
  const values = Float32Array.from({ length: rows * columns }, (_, at) => (at * 7919) % 101);
  const x = { values, rows, columns };
  const { byRow } = binned(x, x);
  // of each of 101 values its own
  expect(byRow).toEqual(Uint8Array.from([...values, ...values]));
});

test('infinite values fall into the outer bins, and 0 and -0 into one', () => {
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  const x = column(NEGATIVE_INFINITY, -1e300, -0, 0, 1, 1e300, POSITIVE_INFINITY);
  expect(Array.from(binned(x).byRow)).toEqual([0, 0, 1, 1, 2, 3, 3]);
});
