import type { LearnedParameters } from '../learners/learned-parameters.ts';
import type { Scorer } from '../learners/learner.ts';
import { learnerOf } from '../learners/registry.ts';
import { layoutOf } from '../preprocessing/layout.ts';
import type { Manifest } from './manifest.ts';

/** A trained model: plain data, which a worker can post and `saveModel` can write. */
export interface Model {
  readonly manifest: Manifest;
  readonly parameters: LearnedParameters;
}

/**
 * The model's scoring function over rows of its design matrix.
 * @throws Problem `algorithm-unknown`, or `model-invalid` when the parameters do not fit the manifest
 */
export const createScorer = ({ manifest, parameters }: Model): Scorer =>
  learnerOf(manifest.algorithm).predictor(parameters, {
    task: manifest.task,
    features: layoutOf(manifest.inputs).width,
    classes: manifest.target.labels?.length ?? 0,
  });

/** The class of the scores from `at` on: the lowest one in a tie. */
export const classOfScores = (
  scores: Float64Array,
  at: number,
  { output, width }: Pick<Scorer, 'output' | 'width'>,
): number => {
  if (output === 'decision' && width === 1) return (scores[at] as number) > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < width; k++) if ((scores[at + k] as number) > (scores[at + best] as number)) best = k;
  return best;
};
