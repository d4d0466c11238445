import { expect, test } from '@jest/globals';
import {
  allRows,
  categorical,
  columnsOfKind,
  expectClose,
  frameOf,
  numeric,
  oracle,
  oracleTable,
} from '../../test/oracle.ts';
import { evaluate, fitModel, predictRows, truthOf } from '../index.ts';

interface Ridge {
  alpha: number;
  coefficients: number[];
  intercept: number;
  values: number[];
  r2: number;
}

interface ElasticNet {
  alpha: number;
  l1Ratio: number;
  coefficients: number[];
  values: number[];
}

interface Logistic {
  data: string;
  C: number;
  l1Ratio: number;
  classWeight: 'none' | 'balanced' | Record<string, number>;
  coefficients: number[][];
  intercepts: number[];
  probabilities: number[][];
  labels: number[];
}

interface Recorded {
  ridge: Ridge[];
  elasticNet: ElasticNet[];
  logistic: Logistic[];
  sparseLogistic: Logistic[];
}

const recorded = oracle<Recorded>('linear');
const optionsOf = ({ C, l1Ratio, classWeight }: Logistic) => ({ C, l1Ratio, classWeight });

test.each(recorded.ridge)('ridge regression equals scikit-learn to 1e-9 (alpha $alpha)', async (expected) => {
  const table = oracleTable('diabetes');
  const model = await fitModel({
    ...table,
    task: 'regression',
    algorithm: 'linear',
    hyperparameters: { alpha: expected.alpha },
    seed: 1,
  });
  expectClose(model.parameters.arrays.weights as Float64Array, [...expected.coefficients, expected.intercept], 1e-9);
  const predictions = predictRows(model, table.frame, table.holdout);
  if (predictions.task !== 'regression') throw new Error('a regression is expected');
  expectClose(predictions.values, expected.values, 1e-9);
  const truth = truthOf(model.manifest, table.frame, table.holdout);
  expect(evaluate('regression', truth, predictions).r2).toBeCloseTo(expected.r2, 9);
});

test.each(recorded.elasticNet)(
  'an elastic net equals scikit-learn to 1e-6 (alpha $alpha, $l1Ratio)',
  async (expected) => {
    const table = oracleTable('diabetes');
    const hyperparameters = { alpha: expected.alpha, l1Ratio: expected.l1Ratio };
    const model = await fitModel({ ...table, task: 'regression', algorithm: 'linear', hyperparameters, seed: 1 });
    const weights = model.parameters.arrays.weights as Float64Array;
    expectClose(weights.subarray(0, -1), expected.coefficients, 1e-6);
    expect(expected.coefficients.map((weight) => weight === 0)).toEqual(
      [...weights.subarray(0, -1)].map((w) => w === 0),
    );
    const predictions = predictRows(model, table.frame, table.holdout);
    if (predictions.task !== 'regression') throw new Error('a regression is expected');
    expectClose(predictions.values, expected.values, 1e-6);
  },
);

test.each(recorded.sparseLogistic)(
  'logistic regression with an L1 penalty equals scikit-learn to 1e-4 ($data, C $C, $l1Ratio)',
  async (expected) => {
    const table = oracleTable(expected.data);
    const hyperparameters = { ...optionsOf(expected), tolerance: 1e-8 };
    const model = await fitModel({ ...table, task: 'classification', algorithm: 'linear', hyperparameters, seed: 1 });
    expect(model.parameters.values.converged).toBe(true);
    const predictions = predictRows(model, table.frame, table.holdout);
    if (predictions.task !== 'classification') throw new Error('a classification is expected');
    expectClose(predictions.probabilities as Float64Array, expected.probabilities.flat(), 1e-4);
    const features = table.inputs.length;
    const weights = [...(model.parameters.arrays.weights as Float64Array)];
    const zeros = weights.filter((weight, at) => at % (features + 1) !== features && weight === 0).length;
    expect(zeros).toBe(expected.coefficients.flat().filter((weight) => weight === 0).length);
    expect(zeros).toBeGreaterThan(0);
  },
);

test.each(recorded.logistic)(
  'logistic regression equals scikit-learn to 1e-6 ($data, C $C, $classWeight)',
  async (expected) => {
    const table = oracleTable(expected.data);
    const model = await fitModel({
      ...table,
      task: 'classification',
      algorithm: 'linear',
      hyperparameters: { ...optionsOf(expected), tolerance: 1e-10 },
      seed: 1,
    });
    const weights = expected.coefficients.flatMap((row, k) => [...row, expected.intercepts[k] as number]);
    expectClose(model.parameters.arrays.weights as Float64Array, weights, 1e-6);
    const predictions = predictRows(model, table.frame, table.holdout);
    if (predictions.task !== 'classification') throw new Error('a classification is expected');
    expectClose(predictions.probabilities as Float64Array, expected.probabilities.flat(), 1e-6);
    expect([...predictions.labels]).toEqual(expected.labels);
  },
);

test('with its default tolerance, logistic regression is within 1e-3 of scikit-learn', async () => {
  for (const expected of recorded.logistic) {
    const table = oracleTable(expected.data);
    const hyperparameters = optionsOf(expected);
    const model = await fitModel({ ...table, task: 'classification', algorithm: 'linear', hyperparameters, seed: 1 });
    expect(model.parameters.values.converged).toBe(true);
    const predictions = predictRows(model, table.frame, table.holdout);
    if (predictions.task !== 'classification') throw new Error('a classification is expected');
    expectClose(predictions.probabilities as Float64Array, expected.probabilities.flat(), 1e-3);
  }
});

test('ridge without a penalty solves collinear inputs exactly', async () => {
  const frame = frameOf(
    numeric('a', [1, 2, 3, 4, 5]),
    numeric('b', [2, 4, 6, 8, 10]),
    categorical('c', ['u', 'v', 'u', 'v', 'u']),
    numeric('y', [10, 30, 30, 50, 50]),
  );
  const model = await fitModel({
    frame,
    inputs: [...columnsOfKind('numeric', 'a', 'b'), ...columnsOfKind('categorical', 'c')],
    target: { name: 'y', kind: 'numeric', nullable: false },
    task: 'regression',
    algorithm: 'linear',
    hyperparameters: { alpha: 0 },
    training: allRows(frame),
    seed: 1,
  });
  const predictions = predictRows(model, frame, allRows(frame));
  if (predictions.task !== 'regression') throw new Error('a regression is expected');
  expectClose(predictions.values, [10, 30, 30, 50, 50], 1e-8);
});
