// biome-ignore-all lint/style/noNonNullAssertion: lengths are checked when the predictor is made
import { Problem } from '@bellwether/contracts';
import { z } from 'zod';
import type { LinearCoefficients } from '../linear/centred-moments.ts';
import { type ElasticNetOptions, fitElasticNet } from '../linear/elastic-net.ts';
import { fitLogistic, softmax, weightVectors } from '../linear/logistic.ts';
import { fitRidge } from '../linear/ridge.ts';
import type { Matrix } from '../preprocessing/encode-frame.ts';
import { densePreparation } from '../preprocessing/preparation.ts';
import { centerAndScale } from '../preprocessing/statistics.ts';
import { ClassWeight, classWeightsOf } from './class-weights.ts';
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
    .meta({
      tasks: ['regression'],
      description:
        'Regression: strength of the penalty, 0 or more; scikit-learn: `Ridge(alpha)`, `ElasticNet(alpha / rows)`',
    }),
  l1Ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({ description: 'Share of the L1 penalty: 0 (ridge) to 1 (lasso); above 0 some weights become exactly 0' }),
  C: z
    .number()
    .positive()
    .default(1)
    .meta({ tasks: ['classification'], description: 'Classification: inverse strength of the penalty, above 0' }),
  classWeight: ClassWeight,
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

type Options = z.output<typeof hyperparameters>;

/** On the standardised target, so that the same penalty does the same whatever the target's unit. */
const fitSparse = (x: Matrix, y: Float64Array, options: ElasticNetOptions): LinearCoefficients => {
  const { center, scale } = centerAndScale(y);
  const scaled = y.map((value) => (value - center) / scale);
  const { coefficients, intercept } = fitElasticNet(x, scaled, options);
  return { coefficients: coefficients.map((weight) => weight * scale), intercept: intercept * scale + center };
};

const fitRegression = ({ x, y }: Design, options: Options, { onProgress }: FitContext): LearnedParameters => {
  const { alpha, l1Ratio } = options;
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
  const { coefficients, intercept } =
    l1Ratio === 0 ? fitRidge(x, y, alpha, onProgress) : fitSparse(x, y, { alpha, l1Ratio, onProgress });
  return { values: {}, arrays: { weights: Float64Array.of(...coefficients, intercept) } };
};

const fitClassification = (design: Design, options: Options, { onProgress }: FitContext): LearnedParameters => {
  const onIteration = convergenceProgress(options.tolerance, onProgress);
  const classWeights = classWeightsOf(design, options.classWeight);
  const { point, iterations, converged } = fitLogistic(design.x, design.y, { ...options, classWeights, onIteration });
  return { values: { iterations, converged }, arrays: { weights: point } };
};

/** The mean of each column: what a row's contributions are measured from. */
const columnMeans = (x: Matrix): Float64Array => {
  const sums = new Float64Array(x.columns);
  for (let from = 0; from < x.values.length; from += x.columns) {
    for (let i = 0; i < x.columns; i++) sums[i]! += x.values[from + i]!;
  }
  return sums.map((sum) => sum / x.rows);
};

/**
 * SHAP values of a linear score, exactly: weight × (value − mean), as if features were independent.
 * https://proceedings.neurips.cc/paper/2017/hash/8a20a8621978632d76c43dfd28b67767-Abstract.html, corollary 1
 */
const createContributions = (weights: Float64Array, means: Float64Array): NonNullable<Scorer['contributions']> => {
  const features = means.length;
  return (x, from, k, out, at) => {
    const start = k * (features + 1);
    let base = weights[start + features]!;
    for (let i = 0; i < features; i++) {
      base += weights[start + i]! * means[i]!;
      out[at + i] = weights[start + i]! * (x[from + i]! - means[i]!);
    }
    return base;
  };
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

/** Ridge, lasso and elastic net, or logistic regression (multinomial beyond two classes), on standardised inputs. */
export const linear = defineLearner({
  algorithm: 'linear',
  description: 'Ridge regression, lasso and elastic net, or logistic regression, on standardised inputs.',
  tasks: ['regression', 'classification'],
  preparation: densePreparation,
  hyperparameters,
  searchSpace: ({ task, rows }) => ({
    l1Ratio: { kind: 'choice', values: [0, 0.1, 0.5, 0.9, 1] },
    ...(task === 'regression'
      ? { alpha: { kind: 'float', low: 1e-3, high: Math.max(1, rows / 2), log: true } }
      : { C: { kind: 'float', low: 1e-4, high: 1e3, log: true } }),
  }),
  fit: (design, options, context) => {
    const fit = design.task === 'regression' ? fitRegression : fitClassification;
    const { values, arrays } = fit(design, options, context);
    return { values, arrays: { ...arrays, means: columnMeans(design.x) } };
  },
  predictor: (parameters, shape) => {
    const vectors = shape.task === 'regression' ? 1 : weightVectors(shape.classes);
    const weights = float64Parameter(parameters, 'weights', vectors * (shape.features + 1));
    const scorer = createScorer(weights, shape);
    // models of earlier releases have no means, and do not explain themselves
    if (parameters.arrays.means === undefined) return scorer;
    const means = float64Parameter(parameters, 'means', shape.features);
    return { ...scorer, contributions: createContributions(weights, means) };
  },
});
