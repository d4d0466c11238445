import type { Frame } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { columnsOfKind, frameOf, numeric, oracleTable } from '../../test/oracle.ts';
import { fitShop } from '../../test/tables.ts';
import { createPredictor, fitModel, type Model, predictRows, truthOf } from '../index.ts';
import { createRandom } from '../numeric/random.ts';
import { fitIntervals, type ScoredRows } from './fit-intervals.ts';
import { createIntervals } from './intervals.ts';

const plain = { target: { name: 'y', kind: 'numeric', logTransformed: false } } as const;

const off = (residuals: readonly number[], predicted = residuals.map(() => 0)): ScoredRows => ({
  predicted: Float64Array.from(predicted),
  truth: Float64Array.from(residuals, (residual, row) => (predicted[row] as number) + residual),
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

test('of n residuals the k-th from either end is an end, where both leave out 2k/(n+1)', () => {
  const residuals = upTo(19).map((i) => (i <= 9 ? -i : i));
  const intervals = fitIntervals(plain, { held: off(residuals), nonNegative: false });

  expect(intervals?.offsets).toMatchObject({ 90: [-9, 19], 80: [-8, 18], 50: [-5, 15] });
});

test('too few rows for two ends have one, by size; too few for that have none', () => {
  const intervals = fitIntervals(plain, { held: off([-4, 1, 2, 3]), nonNegative: false });
  const asked = (coverage: number) => () => createIntervals({ ...plain, intervals }, coverage);

  expect(intervals?.offsets).toMatchObject({ 80: [-4, 4], 60: [-4, 3] });
  expect(asked(0.81)).toThrow(expect.objectContaining({ code: 'coverage-unavailable' }));
  expect(asked(0.81)).toThrow('the 4 rows');
});

test('one held-out row makes no interval narrower than itself, and none above one half', () => {
  expect(fitIntervals(plain, { held: off([3]), nonNegative: false })?.offsets).toEqual({ 50: [-3, 3] });
});

test('residuals of one sign leave the prediction inside', () => {
  const intervals = fitIntervals(plain, { held: off(upTo(99)), nonNegative: false });

  expect(createIntervals({ ...plain, intervals }, 0.8)(10)).toEqual({ lower: 10, upper: 100, coverage: 0.8 });
});

test('a coverage between two percents is raised to the higher one, and whole ones are met', () => {
  const intervals = fitIntervals(plain, { held: off(upTo(99).map((i) => i - 50)), nonNegative: false });
  const answered = (coverage: number) => createIntervals({ ...plain, intervals }, coverage)(0).coverage;

  expect(answered(0.801)).toBe(0.81);
  for (let percent = 50; percent < 99; percent++) expect(answered(percent / 100)).toBe(percent / 100);
});

test('infinite residuals are as far as can be: coverages that reach them are unavailable', () => {
  const held = off([...upTo(98), Number.POSITIVE_INFINITY]);

  expect(Object.keys(fitIntervals(plain, { held, nonNegative: false })?.offsets ?? {}).at(-1)).toBe('96');
});

test('a spread that differs by prediction makes intervals that differ with it', () => {
  const predicted = upTo(1000);
  const residuals = predicted.map((value, row) => (row % 2 === 0 ? 1 : -1) * value * 0.1);
  const rows = off(residuals, predicted);
  const intervals = fitIntervals(plain, { held: rows, validated: rows, nonNegative: false });
  const widthAt = (value: number) => {
    const { lower, upper } = createIntervals({ ...plain, intervals }, 0.9)(value);
    return upper - lower;
  };

  expect(widthAt(800) / widthAt(200)).toBeCloseTo(4, 1);
  expect(widthAt(10_000)).toBeCloseTo(widthAt(1000), 9);
});

test('a model that is exact, or that predicts one value, has a level spread', () => {
  const exact = off(upTo(200).map(() => 0));
  const constant = off(upTo(200));

  expect(fitIntervals(plain, { held: exact, validated: exact, nonNegative: true })?.spread.size).toEqual([1]);
  expect(fitIntervals(plain, { held: constant, validated: constant, nonNegative: true })?.spread.at).toEqual([0]);
});

test('intervals of the logarithm are in proportion, and never below zero', () => {
  const target = { ...plain.target, logTransformed: true };
  const held = off(
    upTo(99).map((i) => 100 * (i / 50) ** 2),
    upTo(99).map(() => 100),
  );
  const intervals = fitIntervals({ target }, { held, nonNegative: true });
  const at = createIntervals({ target, intervals }, 0.9);

  expect(at(1e6).upper / at(1e3).upper).toBeCloseTo(1000, -1);
  expect(at(0).lower).toBe(0);
});

test('a target that is never negative has no interval below zero, even where a prediction is', () => {
  const intervals = fitIntervals(plain, { held: off(upTo(99).map((i) => i - 50)), nonNegative: true });
  const at = createIntervals({ ...plain, intervals }, 0.9);

  expect(at(3)).toMatchObject({ lower: 0, upper: 48 });
  expect(at(-100)).toMatchObject({ lower: 0, upper: 0 });
});

test('a higher coverage has the wider interval, and all hold the prediction', () => {
  const random = createRandom(5);
  for (const rows of [12, 45, 300]) {
    const held = off(upTo(rows).map(() => random() ** 3 - 0.2));
    const intervals = fitIntervals(plain, { held, nonNegative: false });
    const all = Object.keys(intervals?.offsets ?? {}).map((percent) =>
      createIntervals({ ...plain, intervals }, Number(percent) / 100)(7),
    );
    for (const [i, { lower, upper }] of all.entries()) {
      expect(lower).toBeLessThanOrEqual(Math.min(7, all[i - 1]?.lower ?? 7));
      expect(upper).toBeGreaterThanOrEqual(Math.max(7, all[i - 1]?.upper ?? 7));
    }
  }
});

test('a classification, and a model of before, say so', async () => {
  const { intervals } = createPredictor(await fitShop('grade'));
  expect(() => intervals(0.8)).toThrow(expect.objectContaining({ code: 'interval-unsupported', status: 422 }));
  expect(() => intervals(0.8)).toThrow('probabilities');
  expect(() => createIntervals(plain, 0.8)).toThrow('trained before');
});

/** The share of each part's rows that lie in their interval. */
const coverageOf = (model: Model, frame: Frame, parts: readonly Int32Array[], coverage: number): number[] => {
  const at = createPredictor(model).intervals(coverage);
  return parts.map((rows) => {
    const truth = truthOf(model.manifest, frame, rows);
    const predictions = predictRows(model, frame, rows);
    const values = predictions.task === 'regression' ? predictions.values : new Float64Array();
    const inside = values.filter((value, row) => {
      const { lower, upper } = at(value);
      return lower <= (truth[row] as number) && (truth[row] as number) <= upper;
    });
    return inside.length / rows.length;
  });
};

interface Case {
  readonly frame: Frame;
  readonly inputs: ReturnType<typeof columnsOfKind>;
  readonly algorithm: string;
  readonly logTarget?: boolean;
}

/** Fits on three parts of six of the rows, learns the spread from the fourth and the offsets from the fifth. */
const withIntervals = async ({ frame, inputs, algorithm, logTarget = false }: Case, order: Int32Array) => {
  const part = (from: number, to: number) =>
    order.slice(Math.floor((from * order.length) / 6), Math.floor((to * order.length) / 6));
  const target = { name: 'y', kind: 'numeric', nullable: false } as const;
  const hyperparameters = algorithm === 'xgboost' ? { num_round: 60 } : {};
  const options = {
    frame,
    inputs,
    target,
    task: 'regression',
    algorithm,
    hyperparameters,
    logTarget,
    seed: 1,
  } as const;
  const model = await fitModel({ ...options, training: part(0, 3) });
  const scored = (rows: Int32Array): ScoredRows => {
    const predictions = predictRows(model, frame, rows);
    const predicted = predictions.task === 'regression' ? predictions.values : new Float64Array();
    return { truth: Float64Array.from(truthOf(model.manifest, frame, rows)), predicted };
  };
  const [validated, held] = [scored(part(3, 4)), scored(part(4, 5))];
  const intervals = fitIntervals(model.manifest, { held, validated, nonNegative: true });
  if (intervals === undefined) throw new Error('no intervals');
  return { model: { ...model, manifest: { ...model.manifest, intervals } }, unseen: part(5, 6) };
};

const shuffled = (rows: number, seed: number): Int32Array => {
  const random = createRandom(seed);
  const keys = Float64Array.from({ length: rows }, random);
  return Int32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number));
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The noise grows with the mean, tenfold from one end to the other. */
const fan = (): Pick<Case, 'frame' | 'inputs'> => {
  const random = createRandom(11);
  const x = Float64Array.from({ length: 6000 }, random);
  const noise = () => random() + random() + random() - 1.5;
  const y = x.map((value) => (10 + 90 * value) * (1 + 0.4 * noise()));
  return { frame: frameOf(numeric('x', x), numeric('y', y)), inputs: columnsOfKind('numeric', 'x') };
};

test.each([
  ['linear', false],
  ['xgboost', false],
  ['xgboost', true],
] as const)(
  'where noise grows with the value, as many rows lie within as was asked, low and high: %s, log %s',
  async (algorithm, logTarget) => {
    const { frame, inputs } = fan();
    const { model, unseen } = await withIntervals({ frame, inputs, algorithm, logTarget }, shuffled(6000, 3));
    const x = frame.columns[0] as { values: Float64Array };
    const third = (from: number) =>
      unseen.filter((row) => (x.values[row] as number) >= from && (x.values[row] as number) < from + 1 / 3);
    for (const coverage of [0.5, 0.8, 0.9, 0.95]) {
      const [all, low, high] = coverageOf(model, frame, [unseen, third(0), third(2 / 3)], coverage) as [
        number,
        number,
        number,
      ];
      expect(Math.abs(all - coverage)).toBeLessThan(0.03);
      expect(Math.abs(low - coverage)).toBeLessThan(0.08);
      expect(Math.abs(high - coverage)).toBeLessThan(0.08);
    }
  },
);

test('on a small real table (diabetes), over 120 partitions, the mean share is the one asked for, or a little more', async () => {
  const { frame, inputs } = oracleTable('diabetes');
  const shares: Record<string, number[]> = { 0.5: [], 0.8: [], 0.9: [], 0.95: [] };
  for (let seed = 0; seed < 120; seed++) {
    const { model, unseen } = await withIntervals({ frame, inputs, algorithm: 'linear' }, shuffled(frame.rows, seed));
    for (const [coverage, own] of Object.entries(shares)) {
      own.push(...coverageOf(model, frame, [unseen], Number(coverage)));
    }
  }
  for (const [coverage, own] of Object.entries(shares)) {
    expect(mean(own)).toBeGreaterThan(Number(coverage) - 0.015);
    expect(mean(own)).toBeLessThan(Number(coverage) + 0.04);
  }
});
