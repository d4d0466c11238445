import { z } from 'zod';
import { densePreparation } from '../preprocessing/preparation.ts';
import { float64Parameter } from './learned-parameters.ts';
import { type Design, defineLearner } from './learner.ts';

const frequencies = ({ y, classes }: Design): Float64Array => {
  const counts = new Float64Array(classes);
  for (const label of y) counts[label] = (counts[label] as number) + 1;
  return counts.map((count) => count / y.length);
};

const mean = (y: Float64Array): number => y.reduce((sum, value) => sum + value / y.length, 0);

/** Predicts the mean, or the most frequent label: what any other model has to beat. */
export const baseline = defineLearner({
  algorithm: 'baseline',
  description: 'The mean of the target, or its most frequent label: what any other model has to beat.',
  tasks: ['regression', 'classification'],
  preparation: densePreparation,
  hyperparameters: z.strictObject({}),
  fit: (design) => ({
    values: {},
    arrays: { constant: design.task === 'regression' ? Float64Array.of(mean(design.y)) : frequencies(design) },
  }),
  predictor: (parameters, { task, classes }) => {
    const width = task === 'regression' ? 1 : classes;
    const constant = float64Parameter(parameters, 'constant', width);
    return {
      output: task === 'regression' ? 'value' : 'probabilities',
      width,
      score: (_x, _from, out, at) => out.set(constant, at),
    };
  },
});
