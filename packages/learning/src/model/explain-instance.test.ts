import type { Column, Frame } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { createPredictor } from './create-predictor.ts';
import { fitModel } from './fit-model.ts';

const xs = [1, 2, 3, 4, 5, 6, 7, 8];
const cities = ['Rome', 'Oslo', 'Rome', 'Rome', 'Oslo', 'Oslo', 'Rome', 'Oslo'];
const levels = ['Oslo', 'Rome'];

function frameOf(target: readonly number[]): Frame {
  return {
    rows: xs.length,
    columns: [
      { name: 'x', type: 'numeric', values: Float64Array.from(xs) },
      { name: 'city', type: 'categorical', codes: Int32Array.from(cities, (city) => levels.indexOf(city)), levels },
      { name: 'y', type: 'numeric', values: Float64Array.from(target) },
    ],
  };
}

const inputs: Column[] = [
  { name: 'x', kind: 'numeric', nullable: false },
  { name: 'city', kind: 'categorical', nullable: false },
];

const fitted = async (target: readonly number[], kind: 'numeric' | 'integer', algorithm = 'linear') =>
  createPredictor(
    await fitModel({
      frame: frameOf(target),
      inputs,
      target: { name: 'y', kind, nullable: false },
      task: kind === 'numeric' ? 'regression' : 'classification',
      algorithm,
      training: Int32Array.from(xs, (_, row) => row),
      seed: 0,
    }),
  );

const instances = xs.map((x, row) => [x, cities[row]]);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('base value and contributions of a regression add up to its prediction; the base is the mean of all', async () => {
  const predictor = await fitted(
    xs.map((x, row) => 3 * x + (cities[row] === 'Rome' ? 10 : 0)),
    'numeric',
  );
  const { predictions } = predictor.predict(instances);
  const explanations = predictor.explain?.(instances) ?? [];

  expect(explanations).toHaveLength(xs.length);
  const mean = sum(predictions as number[]) / xs.length;
  for (const [row, { baseValue, contributions }] of explanations.entries()) {
    expect(Object.keys(contributions)).toEqual(['x', 'city']);
    expect(baseValue + sum(Object.values(contributions))).toBeCloseTo(predictions[row] as number, 9);
    expect(baseValue).toBeCloseTo(mean, 9);
  }
  expect(explanations[0]?.contributions.city).toBeGreaterThan(0);
  expect(explanations[1]?.contributions.city).toBeLessThan(0);
});

test('of two classes the log-odds of the predicted one are explained', async () => {
  const predictor = await fitted([0, 0, 0, 0, 1, 1, 1, 1], 'integer');
  const { predictions, probabilities = [] } = predictor.predict(instances);

  for (const [row, explanation] of (predictor.explain?.(instances) ?? []).entries()) {
    const { baseValue, contributions, label } = explanation;
    const own = Math.max(...(probabilities[row] ?? []));
    expect(label).toBe(predictions[row]);
    expect(baseValue + sum(Object.values(contributions))).toBeCloseTo(Math.log(own / (1 - own)), 9);
  }
});

test('of more classes the score of the predicted one is explained', async () => {
  const predictor = await fitted([0, 0, 0, 1, 1, 1, 2, 2], 'integer');
  const explanations = predictor.explain?.(instances) ?? [];
  expect(explanations.map(({ label }) => label)).toEqual(predictor.predict(instances).predictions);
  const scores = explanations.map(({ baseValue, contributions }) => baseValue + sum(Object.values(contributions)));
  expect(scores.every((score) => score > 0)).toBe(true);
});

test('a learner without explanations has none to give', async () => {
  expect((await fitted([...xs], 'numeric', 'baseline')).explain).toBeUndefined();
});
