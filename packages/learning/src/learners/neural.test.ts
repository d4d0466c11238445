import { expect, test } from '@jest/globals';
import { allRows, columnsOfKind, frameOf, numeric } from '../../test/oracle.ts';
import { fitModel, predictRows } from '../index.ts';

const circle = (rows: number) => {
  const angle = (row: number) => (row * 2.399963) % (2 * Math.PI);
  const radius = (row: number) => Math.sqrt((row + 0.5) / rows);
  const cells = (of: (row: number) => number) => Array.from({ length: rows }, (_, row) => of(row));
  return frameOf(
    numeric(
      'a',
      cells((row) => radius(row) * Math.cos(angle(row))),
    ),
    numeric(
      'b',
      cells((row) => radius(row) * Math.sin(angle(row))),
    ),
    numeric(
      'y',
      cells((row) => (radius(row) < 0.6 ? 1 : 0)),
    ),
  );
};

const fit = (hyperparameters: Record<string, unknown>, seed = 1, rows = 400) => {
  const frame = circle(rows);
  return fitModel({
    frame,
    inputs: columnsOfKind('numeric', 'a', 'b'),
    target: { name: 'y', kind: 'integer', nullable: false },
    task: 'classification',
    algorithm: 'neural',
    training: allRows(frame),
    hyperparameters,
    seed,
  });
};

const accuracyOf = async (hyperparameters: Record<string, unknown>) => {
  const frame = circle(300);
  const predictions = predictRows(await fit(hyperparameters), frame, allRows(frame));
  if (predictions.task !== 'classification') throw new Error('a classification is expected');
  const truth = frame.columns[2]?.type === 'numeric' ? frame.columns[2].values : [];
  return predictions.labels.filter((label, row) => label === truth[row]).length / 300;
};

test.each([{}, { activation: 'tanh', layers: 2, units: 20, learningRate: 0.01 }])(
  'a network learns what no line can separate: %j',
  async (hyperparameters) => {
    expect(await accuracyOf(hyperparameters)).toBeGreaterThan(0.95);
  },
);

test('the same seed gives the same bits, another seed other ones', async () => {
  const [one, two, other] = await Promise.all([1, 1, 2].map((seed) => fit({ maxEpochs: 3 }, seed)));
  expect(one).toEqual(two);
  expect(other?.parameters.arrays).not.toEqual(one?.parameters.arrays);
});

test('training stops when the validation part gains no more, and keeps its best weights', async () => {
  const patient = await fit({ learningRate: 0.05, patience: 5, maxEpochs: 1000 });
  const { epochs, validationLoss } = patient.parameters.values as { epochs: number; validationLoss: number };
  expect(epochs).toBeLessThan(1000);
  const shorter = await fit({ learningRate: 0.05, patience: 5, maxEpochs: epochs - 5 });
  expect(shorter.parameters.arrays).toEqual(patient.parameters.arrays);
  expect(shorter.parameters.values.validationLoss).toBe(validationLoss);
});

test('a stronger penalty leaves smaller weights', async () => {
  const normOf = async (alpha: number) => {
    const { arrays } = (await fit({ alpha, maxEpochs: 30 })).parameters;
    return (arrays.weights as Float64Array).reduce((sum, weight) => sum + weight * weight, 0);
  };
  expect(await normOf(100)).toBeLessThan(0.5 * (await normOf(0)));
});

test('a class that weighs more is predicted more often', async () => {
  const onesOf = async (classWeight: unknown) => {
    const frame = circle(400);
    const predictions = predictRows(await fit({ classWeight, maxEpochs: 2 }), frame, allRows(frame));
    if (predictions.task !== 'classification') throw new Error('a classification is expected');
    return predictions.labels.filter((label) => label === 1).length;
  };
  expect(await onesOf({ 1: 5 })).toBeGreaterThan(await onesOf('none'));
  await expect(fit({ classWeight: { 7: 2 } })).rejects.toThrow(
    expect.objectContaining({ code: 'hyperparameter-refused' }),
  );
});
