import type { Frame } from '@bellwether/contracts';
import type { Scorer } from '../learners/learner.ts';
import { createFrameEncoder } from '../preprocessing/encode-frame.ts';
import type { FittedInput } from '../preprocessing/encoding.ts';
import type { Manifest } from './manifest.ts';
import { classOfScores, createScorer, type Model } from './model.ts';
import { valueOfScore } from './model-target.ts';
import type { Predictions } from './predictions.ts';

/** Rows encoded at a time, so that memory does not grow with the table. */
const blockRows = 1024;

/** The scores of the rows, `width` a row. */
const scoreRows = (scorer: Scorer, inputs: readonly FittedInput[], frame: Frame, rows: Int32Array): Float64Array => {
  const encoder = createFrameEncoder(inputs, frame);
  const block = new Float64Array(Math.min(blockRows, rows.length) * encoder.width);
  const scores = new Float64Array(rows.length * scorer.width);
  for (let start = 0; start < rows.length; start += blockRows) {
    const part = rows.subarray(start, start + blockRows);
    encoder.encode(part, block);
    for (let i = 0; i < part.length; i++) {
      scorer.score(block, i * encoder.width, scores, (start + i) * scorer.width);
    }
  }
  return scores;
};

/**
 * Predicts rows of a table, whose columns are found by name; others than the model's are ignored.
 * @throws Problem `column-missing`, `column-type-mismatch`, `model-invalid`
 */
export const predictRows = (model: Model, frame: Frame, rows: Int32Array): Predictions => {
  const scorer = createScorer(model);
  return predictionsOf(model.manifest, scoreRows(scorer, model.manifest.inputs, frame, rows), scorer);
};

/**
 * What scores of rows mean, wherever they were computed.
 *
 * @param scores as the model's scorer writes them, `width` a row
 */
export const predictionsOf = (
  { target }: Manifest,
  scores: Float64Array,
  scorer: Pick<Scorer, 'output' | 'width'>,
): Predictions => {
  if (target.labels === undefined) {
    return { task: 'regression', values: scores.map((score) => valueOfScore(score, target.logTransformed)) };
  }
  const rows = scores.length / scorer.width;
  const labels = Int32Array.from({ length: rows }, (_, i) => classOfScores(scores, i * scorer.width, scorer));
  const extra = scorer.output === 'probabilities' ? { probabilities: scores } : { decision: scores };
  return { task: 'classification', classes: target.labels.length, labels, ...extra };
};
