import type { TrainingRequest } from '@bellwether/contracts';
import { expect, test } from '@jest/globals';
import { planCandidates } from './plan-candidates.ts';

const facts = { task: 'regression', rows: 1000, inputs: 5 } as const;
const neural = { algorithm: 'neural' } as const;
const other = { algorithm: 'neural', hyperparameters: { batchSize: 64 } } as const;

const trialsOf = (candidates: NonNullable<TrainingRequest['candidates']>, budget?: TrainingRequest['budget']) =>
  planCandidates(candidates, budget === undefined ? {} : { budget }, facts, false).map(
    ({ algorithm, trials }) => `${algorithm} ${trials}`,
  );

test('who says nothing is tried once; who asks for trials gets them', () => {
  expect(trialsOf([neural, { ...other, search: { trials: 7 } }])).toEqual(['neural 1', 'neural 7', 'baseline 1']);
});

test('a budget of trials is shared evenly; the baseline is none of them', () => {
  expect(trialsOf([neural, other], { trials: 21 })).toEqual(['neural 11', 'neural 10', 'baseline 1']);
});

test('a budget cuts what was asked for, and never below one trial each', () => {
  expect(
    trialsOf(
      [
        { ...neural, search: { trials: 30 } },
        { ...other, search: { trials: 3 } },
      ],
      { trials: 12 },
    ),
  ).toEqual(['neural 9', 'neural 3', 'baseline 1']);
  expect(trialsOf([neural, other, neural], { trials: 2 })).toEqual(['neural 1', 'neural 1', 'neural 1', 'baseline 1']);
});

test('with a budget of time alone everybody goes on until it is spent', () => {
  expect(trialsOf([neural], { minutes: 10 })).toEqual(['neural 60', 'baseline 1']);
});

test('where nothing is left to vary one trial is all', () => {
  const everything = { layers: 1, units: 16, activation: 'relu', learningRate: 0.01, alpha: 0.1, batchSize: 64 };

  expect(trialsOf([{ ...neural, hyperparameters: everything, search: { trials: 9 } }])).toEqual([
    'neural 1',
    'baseline 1',
  ]);
});
