import { expect, test } from '@jest/globals';
import { expectClose, oracle } from '../../test/oracle.ts';
import { evaluate, isBetter, type Predictions } from '../index.ts';

interface Case {
  name: string;
  truth: number[];
  expected: Record<string, number>;
}

interface ClassificationCase extends Case {
  classes: number;
  labels: number[];
  probabilities?: number[][];
  decision?: number[];
}

interface RegressionCase extends Case {
  values: number[];
}

const recorded = oracle<{ classification: ClassificationCase[]; regression: RegressionCase[] }>('metrics');

const predictionsOf = ({ classes, labels, probabilities, decision }: ClassificationCase): Predictions => ({
  task: 'classification',
  classes,
  labels: Int32Array.from(labels),
  ...(probabilities && { probabilities: Float64Array.from(probabilities.flat()) }),
  ...(decision && { decision: Float64Array.from(decision) }),
});

const expectMetrics = (actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): void => {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  const names = Object.keys(expected);
  expectClose(
    names.map((name) => actual[name] as number),
    names.map((name) => expected[name] as number),
    1e-9,
  );
};

test.each(recorded.regression)('regression metrics equal scikit-learn: $name', ({ truth, values, expected }) => {
  const predictions: Predictions = { task: 'regression', values: Float64Array.from(values) };
  expectMetrics(evaluate('regression', Float64Array.from(truth), predictions), expected);
});

test.each(recorded.classification)('classification metrics equal scikit-learn: $name', (recordedCase) => {
  const truth = Int32Array.from(recordedCase.truth);
  expectMetrics(evaluate('classification', truth, predictionsOf(recordedCase)), recordedCase.expected);
});

test('a label that the model does not know is wrong, whatever is predicted', () => {
  const predictions: Predictions = {
    task: 'classification',
    classes: 2,
    labels: Int32Array.of(0, 1, 1),
    probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.4, 0.6),
  };
  const metrics = evaluate('classification', Int32Array.of(0, 1, 2), predictions);
  expect(metrics.accuracy).toBeCloseTo(2 / 3, 12);
  expect(metrics.balancedAccuracy).toBeCloseTo(2 / 3, 12);
  expect(metrics.logLoss).toBeGreaterThan(12);
});

test('rows without a truth are left out, and no row at all is refused', () => {
  const predictions: Predictions = { task: 'regression', values: Float64Array.of(1, 2, 3) };
  expect(evaluate('regression', Float64Array.of(1, Number.NaN, 5), predictions).mae).toBe(1);
  const nothing = () => evaluate('regression', new Float64Array(3).fill(Number.NaN), predictions);
  expect(nothing).toThrow(expect.objectContaining({ code: 'nothing-to-evaluate' }));
});

test('a better score is greater or smaller as the metric says, and any score beats none', () => {
  expect(isBetter('rmse', 1, 2)).toBe(true);
  expect(isBetter('accuracy', 1, 2)).toBe(false);
  expect(isBetter('rmse', 1, undefined)).toBe(true);
  expect(isBetter('rmse', Number.NaN, 2)).toBe(false);
  expect(isBetter('rmse', 2, 2)).toBe(false);
});
