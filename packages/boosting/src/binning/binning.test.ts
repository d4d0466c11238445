import { expect, test } from '@jest/globals';
import { randomNumbers } from '../../test/tables.ts';
import { findCuts } from './find-cuts.ts';
import { planBins, thresholdAfter } from './plan-bins.ts';
import { writeBins } from './write-bins.ts';

const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 });

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
  const [found] = findCuts(column(...values), 256);
  expect(found?.cuts).toHaveLength(255);
  const byRow = new Uint8Array(values.length);
  writeBins(column(...values), planBins([found as never]).features, { byRow });
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

test('a value lies below the threshold after its bin and not below the one before, in small and large tables', () => {
  for (const rows of [500, 20_000]) {
    const random = randomNumbers(5);
    const x = column(
      ...Array.from({ length: rows }, () => (random() < 0.05 ? Number.NaN : (random() - 0.5) * 1e3 ** random())),
    );
    const [feature] = planBins(findCuts(x, 256)).features;
    if (feature === undefined) throw new Error('no feature');
    const byRow = new Uint8Array(rows);
    const byColumn = new Uint8Array(rows);
    writeBins(x, [feature], { byRow, byColumn });
    expect(byColumn).toEqual(byRow);
    for (let row = 0; row < rows; row++) {
      const value = Math.fround(x.values[row] as number);
      const bin = byRow[row] as number;
      if (Number.isNaN(value)) expect(bin).toBe(feature.missingBin);
      else {
        expect(value < thresholdAfter(feature, bin)).toBe(true);
        if (bin > 0) expect(value < thresholdAfter(feature, bin - 1)).toBe(false);
      }
    }
  }
});
