import { createInstanceEncoder } from '../preprocessing/encode-instance.ts';
import type { Label } from '../preprocessing/fit-target.ts';
import { layoutOf } from '../preprocessing/layout.ts';
import { createExplainer, type Explanation } from './explain-instance.ts';
import { createIntervals, type Interval } from './intervals.ts';
import { classOfScores, createScorer, type Model } from './model.ts';
import { valueOfScore } from './model-target.ts';

export interface PredictorResult {
  readonly predictions: Label[];
  /** one array an instance, in the order of `labels`; absent when the learner has no probabilities */
  readonly probabilities?: number[][];
}

export interface Predictor {
  /** classification: what the probabilities belong to */
  readonly labels?: readonly Label[];
  /**
   * Predicts each instance: an array (one value an input column, in table order) or an object by column name.
   * @throws Problem 422 naming the field, as in `instances[3].carat`, and its cure: `instance-refused`,
   *   `wrong-number-of-values`, `field-unknown`, `field-missing`, `value-refused`
   */
  readonly predict: (instances: readonly unknown[]) => PredictorResult;
  /**
   * Explains the prediction of each instance; absent when the learner has no explanations.
   * @throws Problem as `predict` does
   */
  readonly explain?: (instances: readonly unknown[]) => Explanation[];
  /**
   * The intervals of predicted values at a coverage.
   * @throws Problem `interval-unsupported`, `coverage-unavailable`
   */
  readonly intervals: (coverage: number) => (value: number) => Interval;
}

/**
 * Compiles a model for predictions of single instances. The predictor reuses its scratch memory: it is synchronous
 * and belongs to one thread.
 * @throws Problem `model-invalid`
 */
export const createPredictor = (model: Model): Predictor => {
  const { inputs, target } = model.manifest;
  const scorer = createScorer(model);
  const encode = createInstanceEncoder(inputs, target.name);
  const row = new Float64Array(layoutOf(inputs).width);
  const scores = new Float64Array(scorer.width);

  const scoreInstance = (instance: unknown, index: number): void => {
    encode(instance, index, row);
    scorer.score(row, 0, scores, 0);
  };

  const { labels } = target;
  const explainer = createExplainer(scorer, inputs, labels);
  const explain = explainer && {
    explain: (instances: readonly unknown[]): Explanation[] =>
      instances.map((instance, index) => {
        scoreInstance(instance, index);
        return explainer(row, scores);
      }),
  };
  const intervals = (coverage: number) => createIntervals(model.manifest, coverage);
  if (labels === undefined) {
    const predictions = (instances: readonly unknown[]): number[] =>
      instances.map((instance, index) => {
        scoreInstance(instance, index);
        return valueOfScore(scores[0] as number, target.logTransformed);
      });
    return { predict: (instances) => ({ predictions: predictions(instances) }), intervals, ...explain };
  }
  const withProbabilities = scorer.output === 'probabilities';
  return {
    ...explain,
    labels,
    intervals,
    predict: (instances) => {
      const probabilities: number[][] = [];
      const predictions = instances.map((instance, index) => {
        scoreInstance(instance, index);
        if (withProbabilities) probabilities.push(Array.from(scores));
        return labels[classOfScores(scores, 0, scorer)] as Label;
      });
      return withProbabilities ? { predictions, probabilities } : { predictions };
    },
  };
};
