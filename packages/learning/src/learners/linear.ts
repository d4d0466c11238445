// biome-ignore-all lint/style/noNonNullAssertion: lengths are checked when the predictor is made
import { Problem } from '@bellwether/contracts';
import { z } from 'zod';
import { fitLogistic, softmax, weightVectors } from '../linear/logistic.ts';
import { fitRidge } from '../linear/ridge.ts';
import { densePreparation } from '../preprocessing/preparation.ts';
import { convergenceProgress } from './convergence-progress.ts';
import { float64Parameter, type LearnedParameters } from './learned-parameters.ts';
import { type Design, defineLearner, type FitContext, type Scorer, type Shape } from './learner.ts';

/** The normal equations hold the square of it in memory, and their solution takes its cube. */
const maxFeatures = 4000;

const hyperparameters = z.strictObject({
  alpha: z
    .number()
    .nonnegative()
    .default(1)
    .meta({ tasks: ['regression'], description: 'Regression: strength of the L2 penalty, 0 or more' }),
  C: z
    .number()
    .positive()
    .default(1)
    .meta({ tasks: ['classification'], description: 'Classification: inverse strength of the L2 penalty, above 0' }),
  tolerance: z
    .number()
    .positive()
    .max(1)
    .default(1e-6)
    .meta({ tasks: ['classification'], description: 'Classification: largest gradient at which fitting stops' }),
  maxIterations: z
    .int()
    .positive()
    .default(1000)
    .meta({ tasks: ['classification'], description: 'Classification: iterations at which fitting stops anyway' }),
});

const fitRegression = ({ x, y }: Design, alpha: number, { onProgress }: FitContext): LearnedParameters => {
  if (x.columns > maxFeatures) {
    throw new Problem(
      422,
      'too-many-features',
      `A linear regression takes ${maxFeatures} features, not ${x.columns}.`,
      {
        cure: 'Leave out columns, above all those with many categories.',
      },
    );
  }
  const { coefficients, intercept } = fitRidge(x, y, alpha, onProgress);
  return { values: {}, arrays: { weights: Float64Array.of(...coefficients, intercept) } };
};

const fitClassification = (
  { x, y, classes }: Design,
  options: z.output<typeof hyperparameters>,
  { onProgress }: FitContext,
): LearnedParameters => {
  const onIteration = convergenceProgress(options.tolerance, onProgress);
  const { point, iterations, converged } = fitLogistic(x, y, classes, { ...options, onIteration });
  return { values: { iterations, converged }, arrays: { weights: point } };
};

const createScorer = (weights: Float64Array, { task, features, classes }: Shape): Scorer => {
  const vectors = task === 'regression' ? 1 : weightVectors(classes);
  const writeScores = (x: Float64Array, from: number, out: Float64Array, at: number): void => {
    for (let k = 0; k < vectors; k++) {
      const start = k * (features + 1);
      let sum = weights[start + features]!;
      for (let i = 0; i < features; i++) sum += weights[start + i]! * x[from + i]!;
      out[at + k] = sum;
    }
  };
  if (task === 'regression') return { output: 'value', width: 1, score: writeScores };
  if (vectors === 1 && classes === 2) {
    return {
      output: 'probabilities',
      width: 2,
      score: (x, from, out, at) => {
        writeScores(x, from, out, at);
        const score = out[at]!;
        out[at] = 1 / (1 + Math.exp(score));
        out[at + 1] = 1 / (1 + Math.exp(-score));
      },
    };
  }
  return {
    output: 'probabilities',
    width: classes,
    score: (x, from, out, at) => {
      writeScores(x, from, out, at);
      softmax(out, at, classes);
    },
  };
};

/** Ridge regression, or logistic regression (multinomial beyond two classes), on standardised inputs. */
export const linear = defineLearner({
  algorithm: 'linear',
  description: 'Ridge regression, or logistic regression, on standardised inputs.',
  tasks: ['regression', 'classification'],
  preparation: densePreparation,
  hyperparameters,
  fit: (design, options, context) =>
    design.task === 'regression'
      ? fitRegression(design, options.alpha, context)
      : fitClassification(design, options, context),
  predictor: (parameters, shape) => {
    const vectors = shape.task === 'regression' ? 1 : weightVectors(shape.classes);
    return createScorer(float64Parameter(parameters, 'weights', vectors * (shape.features + 1)), shape);
  },
});
