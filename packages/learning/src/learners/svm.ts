import { z } from 'zod';
import { densePreparation } from '../preprocessing/preparation.ts';
import { centerAndScale } from '../preprocessing/statistics.ts';
import { calibrate } from '../svm/calibrate.ts';
import { classPairs } from '../svm/class-pairs.ts';
import { type DecisionFunctions, linearDecisions, rbfDecisions } from '../svm/decision-functions.ts';
import { collapseLinear } from '../svm/decision-sums.ts';
import { fitSupportVectorClassifier } from '../svm/fit-classifier.ts';
import { fitSupportVectorRegressor } from '../svm/fit-regressor.ts';
import { Kernel, scaledGamma } from '../svm/kernel.ts';
import type { SupportVectors } from '../svm/options.ts';
import { ClassWeight, classWeightsOf } from './class-weights.ts';
import { convergenceProgress } from './convergence-progress.ts';
import {
  arrayTypeOf,
  float64Parameter,
  invalidModel,
  type LearnedParameters,
  parsedValues,
} from './learned-parameters.ts';
import { type Design, defineLearner, type FitContext } from './learner.ts';
import { pairProbabilities, pairVotes } from './svm-class-scorers.ts';

const cacheBytes = 256 * 2 ** 20;

const hyperparameters = z.strictObject({
  C: z.number().positive().default(1).meta({ description: 'Inverse strength of the penalty, above 0' }),
  kernel: z.enum(['rbf', 'linear']).default('rbf').meta({ description: 'Kernel: "rbf" or "linear"' }),
  gamma: z
    .union([z.literal('scale'), z.number().positive()])
    .default('scale')
    .meta({ description: 'Width of the rbf kernel: "scale" (1 / (features × variance)) or a number above 0' }),
  epsilon: z
    .number()
    .nonnegative()
    .default(0.1)
    .meta({
      tasks: ['regression'],
      description: 'Regression: error that costs nothing, in standard deviations of the target, 0 or more',
    }),
  probability: z
    .boolean()
    .default(false)
    .meta({
      tasks: ['classification'],
      description:
        'Classification: whether predictions have probabilities (Platt scaling by five-fold cross-validation: six times the time)',
    }),
  classWeight: ClassWeight,
  tolerance: z
    .number()
    .positive()
    .default(1e-3)
    .meta({ description: 'Violation of optimality at which fitting stops' }),
  maxIterations: z
    .int()
    .positive()
    .default(1_000_000)
    .meta({ description: 'Iterations at which fitting stops anyway' }),
});

/** What is learned besides arrays; a regression is fitted on the standardised target, and scaled back. */
const Values = z.strictObject({
  kernel: Kernel,
  targetCenter: z.number(),
  targetScale: z.number().positive(),
  /** classification: how many support vectors each class has */
  classVectors: z.array(z.int().nonnegative()),
  iterations: z.int(),
  converged: z.boolean(),
});

type Options = z.output<typeof hyperparameters>;

const toParameters = (
  support: SupportVectors,
  kernel: Kernel,
  features: number,
  target: { center: number; scale: number },
): LearnedParameters => {
  const { vectors, coefficients, intercepts, classVectors, iterations, converged } = support;
  const values: z.output<typeof Values> = {
    kernel,
    targetCenter: target.center,
    targetScale: target.scale,
    classVectors: [...classVectors],
    iterations,
    converged,
  };
  if (kernel.type === 'rbf') return { values, arrays: { 'support-vectors': vectors, coefficients, intercepts } };
  return { values, arrays: { weights: collapseLinear(support, features), intercepts } };
};

const kernelOf = ({ kernel, gamma }: Options, { x }: Design): Kernel => {
  if (kernel === 'linear') return { type: kernel };
  return { type: kernel, gamma: gamma === 'scale' ? scaledGamma(x.values, x.columns) : gamma };
};

const fitRegression = (design: Design, options: Options, { onProgress }: FitContext): LearnedParameters => {
  const { x, y } = design;
  const target = centerAndScale(y);
  const scaled = y.map((value) => (value - target.center) / target.scale);
  const kernel = kernelOf(options, design);
  const onViolation = convergenceProgress(options.tolerance, onProgress);
  const support = fitSupportVectorRegressor(x, scaled, { ...options, kernel, cacheBytes }, onViolation);
  return toParameters(support, kernel, x.columns, target);
};

/** Share of the time that the fit itself takes, beside the five of its cross-validation. */
const fitShare = ({ probability }: Options): number => (probability ? 0.2 : 1);

const fitClassification = (design: Design, options: Options, { onProgress, seed }: FitContext): LearnedParameters => {
  const { x, y, classes } = design;
  const pairs = classPairs(classes);
  const share = fitShare(options);
  const meters = pairs.map((_, pair) =>
    convergenceProgress(options.tolerance, (fraction) => onProgress((share * (pair + fraction)) / pairs.length)),
  );
  const kernel = kernelOf(options, design);
  const classWeights = classWeightsOf(design, options.classWeight);
  const fitting = { ...options, kernel, cacheBytes, classWeights };
  const support = fitSupportVectorClassifier(x, y, fitting, (pair, violation) => meters[pair]?.(violation));
  const { values, arrays } = toParameters(support, kernel, x.columns, { center: 0, scale: 1 });
  if (!options.probability) return { values, arrays };
  onProgress(share);
  const onPair = (done: number) => onProgress(share + ((1 - share) * done) / pairs.length);
  return { values, arrays: { ...arrays, sigmoids: calibrate(x, y, fitting, seed, onPair) } };
};

const createDecisions = (
  parameters: LearnedParameters,
  { kernel, classVectors }: z.output<typeof Values>,
  features: number,
  functions: number,
): DecisionFunctions => {
  const intercepts = float64Parameter(parameters, 'intercepts', functions);
  if (kernel.type === 'linear') {
    return linearDecisions(float64Parameter(parameters, 'weights', functions * features), intercepts, features);
  }
  const { coefficients } = parameters.arrays;
  if (coefficients === undefined || arrayTypeOf(coefficients) !== 'f64') throw invalidModel('it has no coefficients');
  const count = coefficients.length / Math.max(1, classVectors.length - 1);
  const sorted = classVectors.reduce((sum, own) => sum + own, 0);
  if (!Number.isInteger(count) || (classVectors.length > 0 && sorted !== count)) {
    throw invalidModel('its coefficients do not fit its support vectors');
  }
  const vectors = float64Parameter(parameters, 'support-vectors', count * features);
  const support = { vectors, coefficients: coefficients as Float64Array, intercepts, classVectors };
  return rbfDecisions(support, count, features, kernel.gamma);
};

/** Support vector machine by SMO: one-versus-one classification, or epsilon-regression of the standardised target. */
export const svm = defineLearner({
  algorithm: 'svm',
  description: 'Support vector machine for classification or regression, on standardised inputs.',
  tasks: ['regression', 'classification'],
  preparation: densePreparation,
  maxRows: 20_000,
  maxClasses: 100,
  hyperparameters,
  searchSpace: ({ task, inputs }) => ({
    C: { kind: 'float', low: 1e-2, high: 1e3, log: true },
    gamma: { kind: 'float', low: 0.01 / Math.max(1, inputs), high: 10 / Math.max(1, inputs), log: true },
    ...(task === 'regression' ? { epsilon: { kind: 'float', low: 1e-3, high: 0.5, log: true } } : {}),
  }),
  fit: (design, options, context) =>
    design.task === 'regression'
      ? fitRegression(design, options, context)
      : fitClassification(design, options, context),
  predictor: (parameters, shape) => {
    const values = parsedValues(parameters, Values);
    const { task, classes } = shape;
    if (values.classVectors.length !== classes) throw invalidModel('its support vectors are of other classes');
    const functions = task === 'regression' ? 1 : classPairs(classes).length;
    const decide = createDecisions(parameters, values, shape.features, functions);
    if (task === 'classification') {
      if (parameters.arrays.sigmoids === undefined) return pairVotes(decide, classes);
      return pairProbabilities(decide, float64Parameter(parameters, 'sigmoids', 2 * functions), classes);
    }
    const decision = new Float64Array(1);
    return {
      output: 'value',
      width: 1,
      score: (x, from, out, at) => {
        decide(x, from, decision);
        out[at] = (decision[0] as number) * values.targetScale + values.targetCenter;
      },
    };
  },
});
