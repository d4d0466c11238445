import type { Frame } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allRows, categorical, columnsOfKind, frameOf, numeric, oracleTable } from '../../test/oracle.ts';
import { fitShop, shop } from '../../test/tables.ts';
import { evaluate, fitModel, type Model, predictRows, saveModel, truthOf } from '../index.ts';

const algorithms = ['baseline', 'linear', 'svm', 'neural', 'xgboost', 'random-forest'];
const tasks = ['regression', 'classification'] as const;

/** Properties are tried on many tables. */
const quick = (algorithm: string): Record<string, number> => {
  if (algorithm === 'neural') return { units: 8, maxEpochs: 10 };
  if (algorithm === 'xgboost') return { num_round: 10 };
  return algorithm === 'random-forest' ? { num_parallel_tree: 10 } : {};
};

interface Row {
  a: number | null;
  c: string | null;
  y: number;
}

const anyRow: fc.Arbitrary<Row> = fc.record({
  a: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  c: fc.option(fc.constantFrom('p', 'q', 'r', 's')),
  y: fc.integer({ min: 0, max: 2 }),
});

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

const inputs = [...columnsOfKind('numeric', 'a'), ...columnsOfKind('categorical', 'c')];
const target = { name: 'y', kind: 'integer', nullable: false } as const;

const everyNumber = (model: Model, frame: Frame): number[] => {
  const predictions = predictRows(model, frame, allRows(frame));
  if (predictions.task === 'regression') return [...predictions.values];
  return [...predictions.labels, ...(predictions.probabilities ?? predictions.decision ?? [])];
};

test('no row outside the training rows has any influence on a model', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { minLength: 2, maxLength: 25 }),
      fc.array(anyRow, { maxLength: 10 }),
      fc.array(anyRow, { maxLength: 10 }),
      async (trained, heldOut, otherHeldOut) => {
        const training = Int32Array.from(trained.keys());
        for (const algorithm of algorithms) {
          const fit = (held: Row[]) => {
            const frame = tableOf([...trained, ...held]);
            const hyperparameters = quick(algorithm);
            const options = { frame, inputs, target, task: 'classification', algorithm, hyperparameters } as const;
            return fitModel({ ...options, training, seed: 1 });
          };
          expect(await fit(otherHeldOut)).toEqual(await fit(heldOut));
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('whatever the table holds, a model predicts finite numbers and labels that exist', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 25 }), async (rows) => {
      const frame = tableOf(rows);
      for (const algorithm of algorithms) {
        for (const task of tasks) {
          const training = allRows(frame);
          const hyperparameters = quick(algorithm);
          const options = { frame, inputs, target, task, algorithm, hyperparameters, training };
          const model = await fitModel({ ...options, seed: 1 });
          expect(everyNumber(model, frame).every(Number.isFinite)).toBe(true);
          const predictions = predictRows(model, frame, training);
          const metrics = evaluate(task, truthOf(model.manifest, frame, training), predictions);
          expect(Object.values(metrics).every(Number.isFinite)).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test.each(algorithms)('degenerate tables end in a model that says the obvious: %s', async (algorithm) => {
  const frame = frameOf(
    numeric('constant', [7, 7, 7, 7, 7, 7]),
    numeric('empty', Array(6).fill(null)),
    categorical('none', Array(6).fill(null)),
    numeric('useful', [1, 2, 3, 4, 5, 6]),
    numeric('one', [5, 5, 5, 5, 5, 5]),
    numeric('y', [0, 0, 0, 1, 1, 1]),
  );
  const training = allRows(frame);
  const fit = (names: string[], column: string, task: (typeof tasks)[number]) =>
    fitModel({
      frame,
      inputs: [...columnsOfKind('numeric', ...names), ...columnsOfKind('categorical', 'none')],
      target: { name: column, kind: 'integer', nullable: false },
      task,
      algorithm,
      training,
      seed: 1,
    });
  const predicted = async (names: string[], column: string, task: (typeof tasks)[number]) => {
    const predictions = predictRows(await fit(names, column, task), frame, training);
    return predictions.task === 'regression' ? [...predictions.values] : [...predictions.labels];
  };
  // a single class, a constant target
  expect(await predicted(['constant', 'useful'], 'one', 'classification')).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await predicted(['constant', 'useful'], 'one', 'regression')).toEqual([5, 5, 5, 5, 5, 5]);
  // nothing to learn from
  for (const names of [['constant'], ['empty'], ['constant', 'empty'], []]) {
    for (const value of await predicted(names, 'useful', 'regression')) expect(Math.abs(value - 3.5)).toBeLessThan(1);
    expect(new Set(await predicted(names, 'y', 'classification')).size).toBe(1);
  }
  // one feature
  const labels = await predicted(['useful'], 'y', 'classification');
  expect(labels).toEqual(algorithm === 'baseline' ? [0, 0, 0, 0, 0, 0] : [0, 0, 0, 1, 1, 1]);
});

test('the learners beat the baseline on real tables', async () => {
  const scoreOf = async (name: string, task: (typeof tasks)[number], algorithm: string) => {
    const table = oracleTable(name);
    const model = await fitModel({ ...table, task, algorithm, seed: 1 });
    const truth = truthOf(model.manifest, table.frame, table.holdout);
    const metrics = evaluate(task, truth, predictRows(model, table.frame, table.holdout));
    return (task === 'regression' ? metrics.r2 : metrics.accuracy) as number;
  };
  for (const algorithm of ['linear', 'svm', 'neural']) {
    expect(await scoreOf('iris', 'classification', algorithm)).toBeGreaterThan(0.9);
    expect(await scoreOf('cancer', 'classification', algorithm)).toBeGreaterThan(0.9);
    expect(await scoreOf('diabetes', 'regression', algorithm)).toBeGreaterThan(0.3);
  }
  expect(await scoreOf('diabetes', 'regression', 'baseline')).toBeLessThan(0.05);
});

test('progress rises and ends at 1', async () => {
  for (const algorithm of algorithms) {
    for (const name of ['price', 'grade']) {
      const seen: number[] = [];
      await fitShop(name, { algorithm, onProgress: (fraction) => seen.push(fraction) });
      expect(seen.at(-1)).toBe(1);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    }
  }
});

test('the manifest says what was trained on what, and is plain JSON', async () => {
  const { manifest } = await fitShop('sold', { hyperparameters: { C: 2 } });
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  expect(manifest).toMatchObject({
    task: 'classification',
    algorithm: 'linear',
    hyperparameters: { C: 2, tolerance: 1e-6, maxIterations: 1000 },
    trainedRows: 10,
    target: { name: 'sold', kind: 'boolean', labels: [false, true] },
  });
  expect(manifest.hyperparameters).not.toHaveProperty('alpha');
  expect(manifest.inputs.map(({ name, used }) => [name, used])).toEqual([
    ['carat', true],
    ['note', false],
    ['cut', true],
    ['gift', true],
    ['day', true],
  ]);
});

test('rows without a target are skipped, infinite values are missing, and timestamps can be left out', async () => {
  const frame = frameOf(numeric('a', [1, Infinity, 3, 4]), numeric('t', [1, 2, 3, 4]), numeric('y', [1, 2, null, 4]));
  const columns = [...columnsOfKind('numeric', 'a'), ...columnsOfKind('timestamp', 't')];
  const options = { frame, inputs: columns, target, task: 'regression', algorithm: 'linear', seed: 1 } as const;
  const { manifest } = await fitModel({ ...options, training: allRows(frame), useTimestamps: false });
  expect(manifest.trainedRows).toBe(3);
  expect(manifest.inputs[0]?.encoding).toMatchObject({ fill: 2.5, indicator: true });
  expect(manifest.inputs[1]).toMatchObject({ used: false, unusedBecause: 'timestamp' });
});

test('the logarithm of the target is undone in predictions, and refused for values of -1 or less', async () => {
  const plain = await fitShop('price', { algorithm: 'baseline', logTarget: true });
  const predictions = predictRows(plain, shop, allRows(shop));
  if (predictions.task !== 'regression') throw new Error('a regression is expected');
  const prices = [300, 700, 500, 2000, 1500, 600, 2600, 1000, 900, 1800];
  const logMean = prices.reduce((sum, price) => sum + Math.log1p(price), 0) / 10;
  expect(predictions.values[0]).toBeCloseTo(Math.expm1(logMean), 8);
  const frame = { ...shop, columns: [...shop.columns, numeric('loss', [-1, ...Array(9).fill(3)])] };
  await expect(fitShop('loss', { frame, task: 'regression', logTarget: true })).rejects.toThrow(
    expect.objectContaining({ code: 'log-target-refused' }),
  );
});

test.each([
  ['an unknown algorithm', { algorithm: 'magic' }, 'algorithm-unknown', 'algorithm'],
  ['an unknown hyperparameter', { hyperparameters: { depth: 3 } }, 'hyperparameter-unknown', 'hyperparameters.depth'],
  ['one of the other task', { hyperparameters: { C: 3 } }, 'hyperparameter-unknown', 'hyperparameters.C'],
  ['a bad value', { hyperparameters: { alpha: -1 } }, 'hyperparameter-refused', 'hyperparameters.alpha'],
  ['text as value', { hyperparameters: { alpha: '1' } }, 'hyperparameter-refused', 'hyperparameters.alpha'],
  ['the target among the inputs', { inputs: columnsOfKind('numeric', 'price') }, 'target-among-inputs', 'target'],
  ['no rows', { training: new Int32Array() }, 'too-few-rows', 'target'],
  ['a column that is not there', { inputs: columnsOfKind('numeric', 'depth') }, 'column-missing', 'depth'],
  ['text in a number', { inputs: columnsOfKind('numeric', 'cut') }, 'column-type-mismatch', 'cut'],
])('%s is refused, naming the field', async (_name, options, code, field) => {
  await expect(fitShop('price', options)).rejects.toThrow(
    expect.objectContaining({ status: 422, code, options: expect.objectContaining({ field }) }),
  );
});

test('a regression of text, and a classification of a thousand and one labels, are refused', async () => {
  await expect(fitShop('grade', { task: 'regression' })).rejects.toThrow(
    expect.objectContaining({ code: 'target-not-numeric' }),
  );
  const frame = frameOf(numeric('a', Array(1001).keys()), numeric('y', Array(1001).keys()));
  const columns = columnsOfKind('numeric', 'a');
  await expect(fitShop('y', { frame, inputs: columns, training: allRows(frame) })).rejects.toThrow(
    expect.objectContaining({ code: 'too-many-classes' }),
  );
});

test('a later table may hold the labels as another type', async () => {
  const model = await fitShop('rank');
  const later = frameOf(categorical('rank', ['1', '0', '2', '9', null as unknown as string]));
  expect([...truthOf(model.manifest, later, allRows(later))]).toEqual([1, 0, 2, 3, -1]);
  const flags = frameOf(categorical('sold', ['true', 'False', '1']));
  expect([...truthOf((await fitShop('sold')).manifest, flags, allRows(flags))]).toEqual([1, 0, 1]);
});

test('codes and level order of the frame at hand do not matter', async () => {
  const recoded = {
    ...shop,
    columns: shop.columns.map((column) => {
      if (column.type === 'numeric') return column;
      const levels = [...column.levels, 'never used'].reverse();
      const codes = column.codes.map((code) => (code < 0 ? -1 : levels.indexOf(column.levels[code] as string)));
      return { ...column, levels, codes };
    }),
  };
  for (const name of ['price', 'grade']) {
    expect(await saveModel(await fitShop(name, { frame: recoded }))).toEqual(await saveModel(await fitShop(name)));
  }
});
