import { type Metrics as MetricsSchema, Problem } from '@bellwether/contracts';
import type { z } from 'zod';
import type { ClassificationPredictions, Predictions } from '../model/predictions.ts';
import type { Task } from '../task.ts';
import { classificationMetrics } from './classification-metrics.ts';
import { regressionMetrics } from './regression-metrics.ts';

/** Only those that are defined for the rows at hand. */
export type Metrics = z.infer<typeof MetricsSchema>;

const takeEach = (values: Float64Array, kept: Int32Array, width: number): Float64Array =>
  Float64Array.from({ length: kept.length * width }, (_, at) => {
    const row = kept[Math.floor(at / width)] as number;
    return values[row * width + (at % width)] as number;
  });

const takePredictions = (predictions: ClassificationPredictions, kept: Int32Array): ClassificationPredictions => {
  const { task, classes, labels, probabilities, decision } = predictions;
  return {
    task,
    classes,
    labels: Int32Array.from(kept, (row) => labels[row] as number),
    ...(probabilities && { probabilities: takeEach(probabilities, kept, classes) }),
    ...(decision && { decision: takeEach(decision, kept, classes === 2 ? 1 : classes) }),
  };
};

/**
 * Scores predictions against the truth, as `truthOf` gives it; rows without a truth (NaN, -1) are left out.
 * @param truth values of a regression; indices of labels of a classification
 * @throws Problem `nothing-to-evaluate` when no row has a truth; `lengths-differ`; `task-mismatch`
 */
export const evaluate = (task: Task, truth: Float64Array | Int32Array, predictions: Predictions): Metrics => {
  if (predictions.task !== task) {
    throw new Problem(422, 'task-mismatch', `The predictions are of a ${predictions.task}, not of a ${task}.`);
  }
  const given = predictions.task === 'regression' ? predictions.values.length : predictions.labels.length;
  if (given !== truth.length) {
    throw new Problem(422, 'lengths-differ', `There are ${given} predictions for ${truth.length} true values.`);
  }
  const rows = Int32Array.from({ length: truth.length }, (_, row) => row);
  const kept = rows.filter((row) =>
    task === 'regression' ? Number.isFinite(truth[row]) : (truth[row] as number) >= 0,
  );
  if (kept.length === 0) {
    throw new Problem(422, 'nothing-to-evaluate', 'No row has a true value.', {
      cure: 'Give at least one row whose target is filled in.',
    });
  }
  if (predictions.task === 'regression') {
    return { ...regressionMetrics(takeEach(Float64Array.from(truth), kept, 1), takeEach(predictions.values, kept, 1)) };
  }
  const labels = Int32Array.from(kept, (row) => truth[row] as number);
  return { ...classificationMetrics(labels, takePredictions(predictions, kept)) };
};
