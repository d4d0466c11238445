import { z } from 'zod';
import { densePreparation } from '../preprocessing/preparation.ts';
import { centerAndScale } from '../preprocessing/statistics.ts';
import { type DecisionFunctions, linearDecisions, rbfDecisions, writeVotes } from '../svm/decision-functions.ts';
import { classPairs, fitSupportVectorClassifier } from '../svm/fit-classifier.ts';
import { fitSupportVectorRegressor } from '../svm/fit-regressor.ts';
import { collapseLinear } from '../svm/gather-support-vectors.ts';
import { Kernel, scaledGamma } from '../svm/kernel.ts';
import type { SupportVectors, SvmOptions } from '../svm/options.ts';
import { convergenceProgress } from './convergence-progress.ts';
import {
  arrayTypeOf,
  float64Parameter,
  invalidModel,
  type LearnedParameters,
  parsedValues,
} from './learned-parameters.ts';
import { type Design, defineLearner, type FitContext, type Shape } from './learner.ts';

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
  iterations: z.int(),
  converged: z.boolean(),
});

const toParameters = (
  support: SupportVectors,
  kernel: Kernel,
  features: number,
  target: { center: number; scale: number },
): LearnedParameters => {
  const { vectors, coefficients, intercepts, iterations, converged } = support;
  const values: z.output<typeof Values> = {
    kernel,
    targetCenter: target.center,
    targetScale: target.scale,
    iterations,
    converged,
  };
  if (kernel.type === 'rbf') return { values, arrays: { 'support-vectors': vectors, coefficients, intercepts } };
  const collapsed = collapseLinear(vectors, coefficients, features);
  // no support vectors at all: constant decisions
  const weights = collapsed.length > 0 ? collapsed : new Float64Array(intercepts.length * features);
  return { values, arrays: { weights, intercepts } };
};

const fitRegression = (
  { x, y }: Design,
  options: SvmOptions & { readonly epsilon: number },
  onProgress: (fraction: number) => void,
): LearnedParameters => {
  const target = centerAndScale(y);
  const scaled = y.map((value) => (value - target.center) / target.scale);
  const onViolation = convergenceProgress(options.tolerance, onProgress);
  return toParameters(fitSupportVectorRegressor(x, scaled, options, onViolation), options.kernel, x.columns, target);
};

const fitClassification = (
  { x, y, classes }: Design,
  options: SvmOptions,
  onProgress: (fraction: number) => void,
): LearnedParameters => {
  const pairs = classPairs(classes);
  const meters = pairs.map((_, pair) =>
    convergenceProgress(options.tolerance, (fraction) => onProgress((pair + fraction) / pairs.length)),
  );
  const support = fitSupportVectorClassifier(x, y, classes, options, (pair, violation) => meters[pair]?.(violation));
  return toParameters(support, options.kernel, x.columns, { center: 0, scale: 1 });
};

const createDecisions = (
  parameters: LearnedParameters,
  kernel: Kernel,
  features: number,
  functions: number,
): DecisionFunctions => {
  const intercepts = float64Parameter(parameters, 'intercepts', functions);
  if (kernel.type === 'linear') {
    return linearDecisions(float64Parameter(parameters, 'weights', functions * features), intercepts, features);
  }
  const { coefficients } = parameters.arrays;
  if (coefficients === undefined || arrayTypeOf(coefficients) !== 'f64') throw invalidModel('it has no coefficients');
  const count = functions === 0 ? 0 : coefficients.length / functions;
  if (!Number.isInteger(count)) throw invalidModel('its coefficients do not fit its support vectors');
  const vectors = float64Parameter(parameters, 'support-vectors', count * features);
  return rbfDecisions({ vectors, coefficients: coefficients as Float64Array, intercepts }, features, kernel.gamma);
};

const createClassScorer = (decide: DecisionFunctions, { classes }: Shape) => {
  const pairs = classPairs(classes);
  const decisions = new Float64Array(pairs.length);
  if (classes === 2) {
    return {
      output: 'decision' as const,
      width: 1,
      score: (x: Float64Array, from: number, out: Float64Array, at: number) => {
        decide(x, from, decisions);
        out[at] = decisions[0] as number;
      },
    };
  }
  return {
    output: 'decision' as const,
    width: classes,
    score: (x: Float64Array, from: number, out: Float64Array, at: number) => {
      decide(x, from, decisions);
      writeVotes(decisions, pairs, classes, out, at);
    },
  };
};

/** Support vector machine by SMO: one-versus-one classification, or epsilon-regression of the standardised target. */
export const svm = defineLearner({
  algorithm: 'svm',
  description: 'Support vector machine for classification or regression, on standardised inputs.',
  tasks: ['regression', 'classification'],
  preparation: densePreparation,
  maxRows: 20_000,
  hyperparameters,
  fit: (design, { kernel: type, gamma, ...rest }, { onProgress }: FitContext) => {
    const { x } = design;
    const width = gamma === 'scale' ? scaledGamma(x.values, x.columns) : gamma;
    const kernel: Kernel = type === 'linear' ? { type } : { type, gamma: width };
    const options = { ...rest, kernel, cacheBytes };
    return design.task === 'regression'
      ? fitRegression(design, options, onProgress)
      : fitClassification(design, options, onProgress);
  },
  predictor: (parameters, shape) => {
    const { kernel, targetCenter, targetScale } = parsedValues(parameters, Values);
    const functions = shape.task === 'regression' ? 1 : classPairs(shape.classes).length;
    const decide = createDecisions(parameters, kernel, shape.features, functions);
    if (shape.task === 'classification') return createClassScorer(decide, shape);
    const decision = new Float64Array(1);
    return {
      output: 'value',
      width: 1,
      score: (x, from, out, at) => {
        decide(x, from, decision);
        out[at] = (decision[0] as number) * targetScale + targetCenter;
      },
    };
  },
});
