import type { Frame } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { algorithms, createPredictor, type FitModelOptions, fitModel, type Model, predictRows } from '../src/index.ts';
import { allRows, categorical, columnsOfKind, frameOf, numeric } from './oracle.ts';

/** Fewer rounds or passes, for learners that have them: what is asked here does not depend on their number. */
const fewer: Readonly<Record<string, number>> = { maxEpochs: 2, units: 8, num_round: 3, num_parallel_tree: 5 };

type Table = Pick<FitModelOptions, 'frame' | 'inputs'> & { readonly kind?: 'numeric' | 'integer' };
type Outcome = { readonly model: Model } | { readonly code: string };

const count = (rows: number, of: (row: number) => number): number[] =>
  Array.from({ length: rows }, (_, row) => of(row));
const wave = (row: number): number => Math.sin(row * 12.9898) * 43;

const attempt = async (algorithm: string, task: 'regression' | 'classification', table: Table): Promise<Outcome> => {
  const { shape } = (algorithms as Record<string, (typeof algorithms)['linear']>)[algorithm]?.hyperparameters ?? {};
  const hyperparameters = Object.fromEntries(Object.entries(fewer).filter(([name]) => shape && name in shape));
  const { frame, inputs, kind = 'numeric' } = table;
  const target = { name: 'y', kind, nullable: false } as const;
  try {
    const training = allRows(frame);
    return { model: await fitModel({ frame, inputs, target, task, algorithm, hyperparameters, training, seed: 1 }) };
  } catch (error) {
    const { code, status, options } = error as { code?: string; status?: number; options?: { cure?: string } };
    // only a Problem with a cure is a clear error; anything else is a fault of ours
    if (status !== 422 || code === undefined || options?.cure === undefined) throw error;
    return { code };
  }
};

const predicted = (model: Model, frame: Frame): number[] => {
  const predictions = predictRows(model, frame, allRows(frame));
  if (predictions.task === 'regression') return [...predictions.values];
  const { labels } = model.manifest.target;
  expect([...(predictions.probabilities ?? predictions.decision ?? [])].every(Number.isFinite)).toBe(true);
  return [...predictions.labels].map((label) => Number(labels?.[label]));
};

/** The predictions when there is a model: finite, and JSON. */
const valuesOf = (outcome: Outcome, { frame, inputs }: Table): number[] | undefined => {
  if ('code' in outcome) return undefined;
  const values = predicted(outcome.model, frame);
  expect(values.every(Number.isFinite)).toBe(true);
  const blank = createPredictor(outcome.model).predict([inputs.map(() => null)]);
  expect(JSON.parse(JSON.stringify(blank))).toEqual(blank);
  return values;
};

const learners = Object.entries(algorithms).flatMap(([algorithm, { tasks }]) =>
  tasks.map((task) => [algorithm, task] as const),
);
const inputs = columnsOfKind('numeric', 'a', 'b');

test.each(learners)('a target whose values are all equal is predicted as it is: %s, %s', async (algorithm, task) => {
  const frame = frameOf(
    numeric('a', count(60, wave)),
    numeric(
      'b',
      count(60, (r) => r),
    ),
    numeric('y', Array(60).fill(7)),
  );
  const table: Table = { frame, inputs, kind: 'integer' };
  const values = valuesOf(await attempt(algorithm, task, table), table);
  for (const value of values ?? []) expect(value).toBeCloseTo(7, 4);
  expect(values).toHaveLength(60);
});

test.each(learners)('two rows end in a model: %s, %s', async (algorithm, task) => {
  const frame = frameOf(numeric('a', [1, 2]), numeric('b', [5, 5]), numeric('y', [0, 1]));
  const table: Table = { frame, inputs, kind: 'integer' };
  const values = valuesOf(await attempt(algorithm, task, table), table);
  expect(values).toHaveLength(2);
  for (const value of values ?? []) expect(Math.abs(value - 0.5)).toBeLessThan(1);
});

test.each(learners.filter(([, task]) => task === 'classification'))(
  '5,000 labels are refused: %s',
  async (algorithm) => {
    const rows = 10_000;
    const frame = frameOf(
      numeric('a', count(rows, wave)),
      numeric(
        'b',
        count(rows, (row) => row),
      ),
      numeric(
        'y',
        count(rows, (row) => row % 5000),
      ),
    );
    const outcome = await attempt(algorithm, 'classification', { frame, inputs, kind: 'integer' });
    expect(outcome).toEqual({ code: 'too-many-classes' });
  },
);

test.each(learners)(
  '100,000 categories in a column are a clear error, or a model of the other columns: %s, %s',
  async (algorithm, task) => {
    const rows = 100_000;
    const codes = Int32Array.from({ length: rows }, (_, row) => row);
    const levels = Array.from(codes, (code) => `c${code}`);
    const frame: Frame = {
      rows,
      columns: [
        { name: 'c', type: 'categorical', codes, levels },
        numeric(
          'b',
          count(rows, (row) => row % 10),
        ),
        numeric(
          'y',
          count(rows, (row) => (row % 10 < 5 ? 0 : 1)),
        ),
      ],
    };
    const columns = [...columnsOfKind('categorical', 'c'), ...columnsOfKind('numeric', 'b')];
    const table: Table = { frame, inputs: columns, kind: 'integer' };
    const outcome = await attempt(algorithm, task, table);
    if ('code' in outcome) {
      expect(['too-many-rows', 'too-many-categories']).toContain(outcome.code);
      return;
    }
    if (algorithm === 'baseline') return;
    const { manifest } = outcome.model;
    const { frame: sample } = { frame: { ...frame, rows: 1000 } };
    const values = predictRows(outcome.model, sample, allRows(sample));
    const errors = (values.task === 'regression' ? [...values.values] : [...values.labels]).filter(
      (value, row) => Math.round(value) !== (row % 10 < 5 ? 0 : 1),
    );
    expect(manifest.trainedRows).toBe(rows);
    expect(errors.length / 1000).toBeLessThan(0.25);
  },
);

test.each(learners)('infinite values count as missing: %s, %s', async (algorithm, task) => {
  const rows = 80;
  const frame = frameOf(
    numeric(
      'a',
      count(rows, (row) => (row % 7 === 0 ? Number.POSITIVE_INFINITY : wave(row))),
    ),
    numeric(
      'b',
      count(rows, (row) => (row % 11 === 0 ? Number.NEGATIVE_INFINITY : 1e300 * wave(row))),
    ),
    numeric(
      'y',
      count(rows, (row) => (row % 13 === 0 ? Number.POSITIVE_INFINITY : row % 2)),
    ),
  );
  const table: Table = { frame, inputs, kind: 'integer' };
  const outcome = await attempt(algorithm, task, table);
  expect(valuesOf(outcome, table)).toHaveLength(rows);
  expect('model' in outcome && outcome.model.manifest.trainedRows).toBe(rows - Math.ceil(rows / 13));
});

test.each(learners)('more features than rows end in a model: %s, %s', async (algorithm, task) => {
  const names = count(300, (column) => column).map((column) => `x${column}`);
  const frame = frameOf(
    ...names.map((name, column) =>
      numeric(
        name,
        count(20, (row) => wave(row * 300 + column)),
      ),
    ),
    categorical('c', count(20, (row) => row).map(String)),
    numeric(
      'y',
      count(20, (row) => row % 2),
    ),
  );
  const table: Table = {
    frame,
    inputs: [...columnsOfKind('numeric', ...names), ...columnsOfKind('categorical', 'c')],
    kind: 'integer',
  };
  const values = valuesOf(await attempt(algorithm, task, table), table);
  expect(values).toHaveLength(20);
  for (const value of values ?? []) expect(Math.abs(value - 0.5)).toBeLessThan(1.5);
});
