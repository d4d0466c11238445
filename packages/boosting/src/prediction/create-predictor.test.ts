import { expect, test } from '@jest/globals';
import { modelCase, modelCases } from '../../test/oracle.ts';
import { readModel } from '../format/read-model.ts';
import { createPredictor, type Predictor } from './create-predictor.ts';

const rowByRow = (predictor: Predictor, values: ArrayLike<number>, columns: number, width: number) => {
  const out = new Float32Array((values.length / columns) * width);
  for (let row = 0; row < values.length / columns; row++) predictor.predict(values, row * columns, out, row * width);
  return out;
};

test.each(modelCases.map(({ name }) => name))('scores of XGBoost’s models equal its own, bit for bit: %s', (name) => {
  const { bytes, x, margins } = modelCase(name);
  const predictor = createPredictor(readModel(bytes));
  const exact = !name.startsWith('logistic') && !['poisson', 'tweedie'].includes(name);
  const scores = predictor.scoreRows(x);
  if (exact) expect(scores).toEqual(margins);
  // Of these the base score goes through a logarithm, whose last bit differs between libraries.
  for (const [i, margin] of margins.entries()) expect(scores[i]).toBeCloseTo(margin, 6);
});

test.each(modelCases.map(({ name }) => name))('predictions of single rows and of many equal XGBoost’s: %s', (name) => {
  const { bytes, x, predictions } = modelCase(name);
  const predictor = createPredictor(readModel(bytes));
  const many = predictor.predictRows(x);
  expect(many).toHaveLength(predictions.length);
  for (const [i, prediction] of predictions.entries()) expect(many[i]).toBeCloseTo(prediction, 5);
  expect(rowByRow(predictor, x.values, x.columns, predictor.outputs)).toEqual(many);
});

test('numbers of double precision are compared as XGBoost does, in single precision', () => {
  const { bytes, x } = modelCase('squared error');
  const predictor = createPredictor(readModel(bytes));
  // just below the float32, which they round to
  const values = Float64Array.from(x.values, (value) => value - Math.abs(value) * 2 ** -40);
  expect(predictor.predictRows({ ...x, values })).toEqual(predictor.predictRows(x));
  expect(rowByRow(predictor, values, x.columns, 1)).toEqual(predictor.predictRows(x));
});

test('infinite values and blocks that are not full change nothing', () => {
  const { bytes } = modelCase('deep');
  const predictor = createPredictor(readModel(bytes));
  const pattern = [Number.POSITIVE_INFINITY, -1, Number.NEGATIVE_INFINITY, Number.NaN, 0.5, 1e300, 0, 2];
  for (const rows of [1, 7, 8, 255, 257]) {
    const values = Float64Array.from({ length: rows * 4 }, (_, i) => pattern[(i * 7) % pattern.length] as number);
    expect(rowByRow(predictor, values, 4, 1)).toEqual(predictor.predictRows({ values, rows, columns: 4 }));
  }
});
