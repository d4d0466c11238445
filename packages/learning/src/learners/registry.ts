import { Problem } from '@bellwether/contracts';
import { baseline } from './baseline.ts';
import type { Learner } from './learner.ts';
import { linear } from './linear.ts';
import { svm } from './svm.ts';

/** Every learner, one line each. */
export const learners: readonly Learner[] = [baseline, linear, svm];

/**
 * The learner of that name.
 * @throws Problem `algorithm-unknown`
 */
export const learnerOf = (algorithm: string): Learner => {
  const learner = learners.find((candidate) => candidate.algorithm === algorithm);
  if (learner === undefined) {
    throw new Problem(422, 'algorithm-unknown', `There is no algorithm "${algorithm}".`, {
      field: 'algorithm',
      cure: `Choose one of: ${learners.map((candidate) => candidate.algorithm).join(', ')}.`,
    });
  }
  return learner;
};
