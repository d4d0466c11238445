import { type Booster, createExplainer, createPredictor, trainBooster } from '@bellwether/boosting';
import { z } from 'zod';
import { treePreparation } from '../preprocessing/preparation.ts';
import { boosterOf, parametersOf } from '../trees/booster-file.ts';
import { threadCountFor } from '../trees/thread-count.ts';
import { type Design, defineLearner, type FitContext, type Scorer, type Shape } from './learner.ts';

/** Names and meanings as XGBoost's; defaults as scikit-learn's forests, which grow to the end. */
const hyperparameters = z.strictObject({
  num_parallel_tree: z
    .int()
    .positive()
    .max(5000)
    .default(100)
    .meta({ description: 'Trees (of each class, beyond two), 1 to 5000' }),
  max_depth: z.int().min(1).max(40).default(16).meta({ description: 'Levels of a tree, 1 to 40' }),
  min_child_weight: z.number().positive().default(1).meta({ description: 'Least number of rows in a leaf, above 0' }),
  subsample: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .meta({ description: 'Rows that a tree draws with replacement, as a share of all, above 0 to 1' }),
  colsample_bynode: z
    .union([z.literal('auto'), z.number().gt(0).max(1)])
    .default('auto')
    .meta({
      description:
        'Share of the features that each split looks at, above 0 to 1; "auto": all in a regression, the square root of their number in a classification',
    }),
  gamma: z.number().nonnegative().default(0).meta({ description: 'Least gain of a split, 0 or more' }),
  max_bin: z.int().min(2).max(256).default(256).meta({ description: 'Bins of a feature, 2 to 256' }),
});
type Hyperparameters = z.output<typeof hyperparameters>;

/** Two classes need one share only, and a regression is its own. */
const groupsOf = ({ task, classes }: Pick<Shape, 'task' | 'classes'>): number =>
  task === 'classification' && classes > 2 ? classes : 1;

/** Nodes of all trees that a model may have: more would not fit into an artifact. */
const mostNodes = 6_000_000;

/** Levels that keep a forest within the limit, should all of its trees be full. */
const depthWithin = (trees: number, rows: number, wanted: number): number => {
  // two of three rows are in a tree's sample, so a full tree has about that many leaves
  const nodesOfFullTree = 1.3 * rows;
  if (trees * nodesOfFullTree <= mostNodes) return wanted;
  return Math.max(1, Math.min(wanted, Math.floor(Math.log2(mostNodes / trees)) - 1));
};

const columnShare = ({ task, x }: Design, asked: Hyperparameters['colsample_bynode']): number => {
  if (asked !== 'auto') return asked;
  return task === 'regression' ? 1 : Math.min(1, Math.max(1, Math.floor(Math.sqrt(x.columns))) / x.columns);
};

const fit = async (design: Design, options: Hyperparameters, { seed, onProgress, threads }: FitContext) => {
  const groups = groupsOf(design);
  const trees = options.num_parallel_tree;
  const booster = await trainBooster({
    ...design,
    threads: threadCountFor(threads),
    parameters: {
      ...options,
      colsample_bynode: columnShare(design, options.colsample_bynode),
      objective: 'reg:squarederror',
      num_class: groups > 1 ? groups : 0,
      num_round: 1,
      max_depth: depthWithin(trees * groups, design.x.rows, options.max_depth),
      // leaves are plain means, of what a regression's mean leaves open
      eta: 1,
      lambda: 0,
      sampling_method: 'poisson',
      seed,
    },
    onProgress,
  });
  return parametersOf(booster);
};

/** Shares of the trees' leaves; of several classes each has its own trees, so they are scaled to add up to 1. */
const writeShares = (out: Float64Array, at: number, classes: number): void => {
  let sum = 0;
  for (let k = at; k < at + classes; k++) sum += out[k] as number;
  for (let k = at; k < at + classes; k++) out[k] = sum > 0 ? (out[k] as number) / sum : 1 / classes;
};

const createScorer = (booster: Booster, { task, classes }: Shape): Scorer => {
  const { score } = createPredictor(booster);
  const { contributions } = createExplainer(booster);
  if (task === 'regression') return { output: 'value', width: 1, score, contributions };
  return {
    output: 'probabilities',
    width: classes,
    score: (x, from, out, at) => {
      score(x, from, out, at);
      if (classes > 2) {
        writeShares(out, at, classes);
        return;
      }
      const second = Math.min(1, Math.max(0, out[at] as number));
      out[at] = 1 - second;
      if (classes === 2) out[at + 1] = second;
    },
    contributions,
  };
};

/** Breiman's random forest (2001), saved as an XGBoost forest: its prediction is the mean of its trees' leaves. */
export const randomForest = defineLearner({
  algorithm: 'random-forest',
  description: 'A forest of trees on bootstrap samples; probabilities are shares of the training rows in the leaves.',
  tasks: ['regression', 'classification'],
  preparation: treePreparation,
  maxClasses: 100,
  hyperparameters,
  searchSpace: () => ({
    num_parallel_tree: { kind: 'int', low: 50, high: 500, log: true },
    max_depth: { kind: 'int', low: 4, high: 24 },
    min_child_weight: { kind: 'float', low: 1, high: 20, log: true },
    colsample_bynode: { kind: 'float', low: 0.1, high: 1 },
  }),
  fit,
  predictor: (parameters, shape) => createScorer(boosterOf(parameters, shape, groupsOf(shape)), shape),
});
