import { type Algorithm, Problem } from '@bellwether/contracts';
import { baseline } from './baseline.ts';
import type { Learner } from './learner.ts';
import { linear } from './linear.ts';
import { neural } from './neural.ts';
import { randomForest } from './random-forest.ts';
import { svm } from './svm.ts';
import { xgboost } from './xgboost.ts';

/** Every learner, one line each. */
export const algorithms = {
  baseline,
  linear,
  neural,
  'random-forest': randomForest,
  svm,
  xgboost,
} as const satisfies Readonly<Record<Algorithm, Learner>>;

/**
 * The learner of that name.
 * @throws Problem `algorithm-unknown`
 */
export const learnerOf = (algorithm: string): Learner => {
  if (Object.hasOwn(algorithms, algorithm)) return algorithms[algorithm as Algorithm];
  throw new Problem(422, 'algorithm-unknown', `There is no algorithm "${algorithm}".`, {
    field: 'algorithm',
    cure: `Choose one of: ${Object.keys(algorithms).join(', ')}.`,
  });
};
