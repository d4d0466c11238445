import { expect, test } from '@jest/globals';
import { allRows, columnsOfKind, expectClose, frameOf, numeric, oracle, oracleTable } from '../../test/oracle.ts';
import { fitModel, type Model, predictRows } from '../index.ts';

interface Options {
  kernel: 'rbf' | 'linear';
  C: number;
  gamma?: 'scale' | number;
}

interface Classifier extends Options {
  data: string;
  classWeight: 'none' | 'balanced' | Record<string, number>;
  decision: number[] | number[][];
  labels: number[];
  supportVectors: number;
}

interface Regressor extends Options {
  epsilon: number;
  values: number[];
}

const recorded = oracle<{ svc: Classifier[]; svr: Regressor[] }>('svm');
const optionsOf = ({ kernel, C, gamma }: Options) => ({ kernel, C, ...(gamma && { gamma }), tolerance: 1e-7 });

test.each(recorded.svc)(
  'a classifier decides as scikit-learn to 1e-4 ($data, $kernel, C $C, $classWeight)',
  async (expected) => {
    const table = oracleTable(expected.data);
    const model = await fitModel({
      ...table,
      task: 'classification',
      algorithm: 'svm',
      hyperparameters: { ...optionsOf(expected), classWeight: expected.classWeight },
      seed: 1,
    });
    expect(model.parameters.values.converged).toBe(true);
    const predictions = predictRows(model, table.frame, table.holdout);
    if (predictions.task !== 'classification') throw new Error('a classification is expected');
    expectClose(predictions.decision as Float64Array, expected.decision.flat(), 1e-4);
    expect([...predictions.labels]).toEqual(expected.labels);
    // iris has identical rows, which may share a coefficient or not
    if (expected.kernel === 'rbf' && expected.data === 'cancer') {
      const vectors = model.parameters.arrays['support-vectors'] as Float64Array;
      expect(vectors.length / table.inputs.length).toBe(expected.supportVectors);
    }
  },
);

test.each(recorded.svr)(
  'a regressor predicts as scikit-learn to 1e-5 ($kernel, epsilon $epsilon)',
  async (expected) => {
    const table = oracleTable('diabetes');
    const model = await fitModel({
      ...table,
      task: 'regression',
      algorithm: 'svm',
      hyperparameters: { ...optionsOf(expected), epsilon: expected.epsilon },
      seed: 1,
    });
    const predictions = predictRows(model, table.frame, table.holdout);
    if (predictions.task !== 'regression') throw new Error('a regression is expected');
    expectClose(predictions.values, expected.values, 1e-5);
  },
);

test('more rows than the learner can take are refused before any work', async () => {
  const values = Float64Array.from({ length: 20_001 }, (_, row) => row);
  const frame = frameOf(numeric('a', values), numeric('y', values));
  const fit = () =>
    fitModel({
      frame,
      inputs: columnsOfKind('numeric', 'a'),
      target: { name: 'y', kind: 'numeric', nullable: false },
      task: 'regression',
      algorithm: 'svm',
      training: allRows(frame),
      seed: 1,
    });
  await expect(fit()).rejects.toThrow(expect.objectContaining({ code: 'too-many-rows', status: 422 }));
});

test('identical rows with different labels end in a model', async () => {
  const frame = frameOf(numeric('a', [1, 1, 1, 1, 1]), numeric('y', [0, 1, 0, 1, 1]));
  const model = await fitModel({
    frame,
    inputs: columnsOfKind('numeric', 'a'),
    target: { name: 'y', kind: 'numeric', nullable: false },
    task: 'classification',
    algorithm: 'svm',
    training: allRows(frame),
    seed: 1,
  });
  const predictions = predictRows(model, frame, allRows(frame));
  if (predictions.task !== 'classification') throw new Error('a classification is expected');
  expect([...predictions.labels]).toEqual([1, 1, 1, 1, 1]);
});

test('probabilities sum to 1, follow the seed, and leave the decisions as they are', async () => {
  const table = oracleTable('clouds');
  const fit = (probability: boolean, seed: number) => {
    const hyperparameters = { probability };
    return fitModel({ ...table, task: 'classification', algorithm: 'svm', hyperparameters, seed });
  };
  const [plain, one, two, other] = await Promise.all([fit(false, 1), fit(true, 1), fit(true, 1), fit(true, 2)]);
  expect(two).toEqual(one);
  expect(other?.parameters.arrays.sigmoids).not.toEqual(one?.parameters.arrays.sigmoids);
  const { sigmoids: _sigmoids, ...arrays } = one?.parameters.arrays ?? {};
  expect(arrays).toEqual(plain?.parameters.arrays);
  const predictions = predictRows(one as Model, table.frame, table.holdout);
  if (predictions.task !== 'classification') throw new Error('a classification is expected');
  const { probabilities = [], classes, labels } = predictions;
  for (const [row, label] of labels.entries()) {
    const own = [...probabilities.slice(row * classes, (row + 1) * classes)];
    expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    expect(Math.max(...own)).toBe(own[label]);
  }
});

test('more labels than the learner tells apart are refused', async () => {
  const values = Float64Array.from({ length: 303 }, (_, row) => row % 101);
  const frame = frameOf(numeric('a', values), numeric('y', values));
  const fit = fitModel({
    frame,
    inputs: columnsOfKind('numeric', 'a'),
    target: { name: 'y', kind: 'integer', nullable: false },
    task: 'classification',
    algorithm: 'svm',
    training: allRows(frame),
    seed: 1,
  });
  await expect(fit).rejects.toThrow(expect.objectContaining({ code: 'too-many-classes', status: 422 }));
});
