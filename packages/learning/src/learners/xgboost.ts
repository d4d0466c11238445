import { type Booster, createExplainer, createPredictor, trainBooster, truncateBooster } from '@bellwether/boosting';
import { z } from 'zod';
import { treePreparation } from '../preprocessing/preparation.ts';
import { boosterOf, parametersOf, roundsOf } from '../trees/booster-file.ts';
import { divideRows } from '../trees/divide-rows.ts';
import { threadCountFor } from '../trees/thread-count.ts';
import type { LearnedParameters } from './learned-parameters.ts';
import { type Design, defineLearner, type FitContext, type Scorer, type Shape } from './learner.ts';

const share = z.number().gt(0).max(1);

const regressions = [
  'reg:squarederror',
  'reg:squaredlogerror',
  'reg:absoluteerror',
  'reg:quantileerror',
  'count:poisson',
  'reg:tweedie',
] as const;

/**
 * Names, meanings and ranges as XGBoost's. Of its defaults the step is made smaller and the rounds more, and leaves of
 * two classes may be of two rows (of 0.25 each), or tables of a few rows would teach nothing.
 */
const hyperparameters = z.strictObject({
  objective: z
    .enum(regressions)
    .default('reg:squarederror')
    .meta({ tasks: ['regression'], description: `Regression: loss to minimise, one of ${regressions.join(', ')}` }),
  num_round: z.int().positive().max(10_000).default(300).meta({ description: 'Rounds of boosting, 1 to 10000' }),
  eta: z.number().gt(0).max(1).default(0.1).meta({ description: 'Step of each round, above 0 to 1' }),
  max_depth: z.int().min(1).max(20).default(6).meta({ description: 'Levels of a tree, 1 to 20' }),
  min_child_weight: z
    .number()
    .nonnegative()
    .default(0.5)
    .meta({ description: 'Least sum of hessians (squared error: rows) in a leaf, 0 or more' }),
  subsample: share.default(1).meta({ description: 'Share of the rows that each tree sees, above 0 to 1' }),
  colsample_bytree: share.default(1).meta({ description: 'Share of the features that each tree sees, above 0 to 1' }),
  colsample_bynode: share.default(1).meta({ description: 'Share of those that each split sees, above 0 to 1' }),
  lambda: z.number().nonnegative().default(1).meta({ description: 'L2 penalty of leaves, 0 or more' }),
  alpha: z.number().nonnegative().default(0).meta({ description: 'L1 penalty of leaves, 0 or more' }),
  gamma: z.number().nonnegative().default(0).meta({ description: 'Least gain of a split, 0 or more' }),
  max_delta_step: z.number().nonnegative().default(0).meta({ description: 'Largest leaf, 0 for any' }),
  max_bin: z.int().min(2).max(256).default(256).meta({ description: 'Bins of a feature, 2 to 256' }),
  scale_pos_weight: z
    .number()
    .positive()
    .default(1)
    .meta({ tasks: ['classification'], description: 'Two classes: how much rows of the second one count, above 0' }),
  tweedie_variance_power: z
    .number()
    .gt(1)
    .lt(2)
    .default(1.5)
    .meta({ tasks: ['regression'], description: 'Of reg:tweedie: 1 (Poisson) to 2 (gamma), neither included' }),
  quantile_alpha: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .meta({ tasks: ['regression'], description: 'Of reg:quantileerror: which quantile, 0 to 1 (0.5 unless given)' }),
  monotone_constraints: z
    .array(z.union([z.literal(-1), z.literal(0), z.literal(1)]))
    .default([])
    .meta({ description: 'By feature: 1 when predictions may only rise with it, -1 only fall, 0 either' }),
  early_stopping_rounds: z
    .int()
    .positive()
    .optional()
    .meta({ description: 'Rounds without a better loss on a tenth of the rows, after which training stops' }),
});
type Hyperparameters = z.output<typeof hyperparameters>;

/** Trees of all classes together that a model may have: more would not fit into an artifact. */
const mostTrees = 100_000;

const objectiveOf = ({ task, classes }: Design, options: Hyperparameters) => {
  if (task === 'regression') return options.objective;
  return classes > 2 ? 'multi:softprob' : 'binary:logistic';
};

const fit = async (design: Design, options: Hyperparameters, { seed, onProgress, threads }: FitContext) => {
  const { early_stopping_rounds, quantile_alpha, ...rest } = options;
  const objective = objectiveOf(design, options);
  const groups = groupsOf(design);
  const { training, validation } = partsOf(design, early_stopping_rounds !== undefined, seed);
  const booster = await trainBooster({
    ...training,
    ...(validation === undefined ? {} : { validation }),
    threads: threadCountFor(threads),
    parameters: {
      ...rest,
      ...(quantile_alpha === undefined ? {} : { quantile_alpha: [quantile_alpha] }),
      objective,
      num_round: Math.max(1, Math.min(options.num_round, Math.floor(mostTrees / groups))),
      num_class: groups > 1 ? groups : 0,
      seed,
      ...(validation === undefined ? {} : { early_stopping_rounds }),
    },
    onProgress,
  });
  return parametersOf(truncateBooster(booster));
};

/** What it learns from, and what it watches where it is to stop early: rows that are given, or a tenth of its own. */
const partsOf = (design: Design, stops: boolean, seed: number): ReturnType<typeof divideRows> => {
  const { validation } = design;
  return stops && validation !== undefined
    ? { training: design, validation }
    : divideRows(design, stops ? 0.1 : 0, seed);
};

/** As many rounds as the parts had on average when they stopped. */
const settle = (
  { early_stopping_rounds, ...rest }: Readonly<Record<string, unknown>>,
  parts: readonly LearnedParameters[],
) => {
  if (early_stopping_rounds === undefined || parts.length === 0) return rest;
  const rounds = parts.map((part) => roundsOf(part));
  return { ...rest, num_round: Math.max(1, Math.round(rounds.reduce((sum, each) => sum + each, 0) / rounds.length)) };
};

const groupsOf = ({ task, classes }: Pick<Shape, 'task' | 'classes'>): number =>
  task === 'classification' && classes > 2 ? classes : 1;

const createScorer = (booster: Booster, { task, classes }: Shape): Scorer => {
  const { predict } = createPredictor(booster);
  const { contributions } = createExplainer(booster);
  if (task === 'regression') return { output: 'value', width: 1, score: predict, contributions };
  if (classes > 2) return { output: 'probabilities', width: classes, score: predict, contributions };
  return {
    output: 'probabilities',
    width: classes,
    score: (x, from, out, at) => {
      predict(x, from, out, at);
      const second = out[at] as number;
      out[at] = 1 - second;
      if (classes === 2) out[at + 1] = second;
    },
    contributions,
  };
};

/** Gradient boosted trees; what is learned is a file that XGBoost reads. */
export const xgboost = defineLearner({
  algorithm: 'xgboost',
  description: 'Gradient boosted trees, in the format of XGBoost and under its parameter names.',
  tasks: ['regression', 'classification'],
  preparation: treePreparation,
  hyperparameters,
  searchSpace: ({ rows }) => ({
    // Of the folds' losses, which say how many rounds suit a step: drawn apart, most pairs would not fit.
    num_round: { kind: 'choice', values: [rows < 100_000 ? 2000 : 1000] },
    early_stopping_rounds: { kind: 'choice', values: [40] },
    eta: { kind: 'float', low: 0.02, high: 0.2, log: true },
    max_depth: { kind: 'int', low: 3, high: 10 },
    min_child_weight: { kind: 'float', low: 0.5, high: 30, log: true },
    subsample: { kind: 'float', low: 0.5, high: 1 },
    colsample_bytree: { kind: 'float', low: 0.4, high: 1 },
    lambda: { kind: 'float', low: 0.01, high: 30, log: true },
    alpha: { kind: 'float', low: 1e-4, high: 5, log: true },
  }),
  fit,
  settle,
  predictor: (parameters, shape) => createScorer(boosterOf(parameters, shape, groupsOf(shape)), shape),
});
