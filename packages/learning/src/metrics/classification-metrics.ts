import type { ClassificationPredictions } from '../model/predictions.ts';
import { areaUnderCurve } from './area-under-curve.ts';

export interface ClassificationMetrics {
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly f1: number;
  /** absent without probabilities */
  readonly logLoss?: number;
  /** absent without probabilities (binary: or decision values), and when no label has rows both of it and of others */
  readonly auc?: number;
}

interface LabelCounts {
  truth: number;
  predicted: number;
  right: number;
}

/** scikit-learn's clipping of probabilities: one confident mistake must not cost infinitely much. */
const leastProbability = Number.EPSILON;

const countLabels = (truth: Int32Array, labels: Int32Array): LabelCounts[] => {
  const counts = new Map<number, LabelCounts>();
  const of = (label: number): LabelCounts => {
    const known = counts.get(label) ?? { truth: 0, predicted: 0, right: 0 };
    counts.set(label, known);
    return known;
  };
  for (const [row, label] of truth.entries()) {
    const predicted = labels[row] as number;
    of(label).truth++;
    of(predicted).predicted++;
    if (predicted === label) of(label).right++;
  }
  return [...counts.values()];
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const logLossOf = (truth: Int32Array, classes: number, probabilities: Float64Array): number => {
  const losses = truth.reduce((sum, label, row) => {
    // a label that the model does not know had probability 0
    const given = label < classes ? (probabilities[row * classes + label] as number) : 0;
    return sum - Math.log(Math.min(1 - leastProbability, Math.max(leastProbability, given)));
  }, 0);
  return losses / truth.length;
};

const areaOf = (
  truth: Int32Array,
  { classes, probabilities, decision }: ClassificationPredictions,
): number | undefined => {
  if (classes === 2) {
    const scores = probabilities?.filter((_, at) => at % 2 === 1) ?? decision;
    return scores && areaUnderCurve(scores, (row) => truth[row] === 1);
  }
  if (probabilities === undefined) return undefined;
  const areas = Array.from({ length: classes }, (_, label) =>
    areaUnderCurve(
      probabilities.filter((_probability, at) => at % classes === label),
      (row) => truth[row] === label,
    ),
  ).filter((area) => area !== undefined);
  return areas.length > 0 ? meanOf(areas) : undefined;
};

/**
 * Both sides have at least one row. Formulas as in `sklearn.metrics`: labels that occur in neither truth nor
 * predictions do not enter the macro F1, those without a true row not the balanced accuracy.
 * @param truth index of each row's label; indices from `classes` on are labels that the model does not know
 */
export const classificationMetrics = (
  truth: Int32Array,
  predictions: ClassificationPredictions,
): ClassificationMetrics => {
  const { labels, classes, probabilities } = predictions;
  const counts = countLabels(truth, labels);
  const recalls = counts.filter((count) => count.truth > 0).map((count) => count.right / count.truth);
  const auc = areaOf(truth, predictions);
  return {
    accuracy: counts.reduce((sum, { right }) => sum + right, 0) / truth.length,
    balancedAccuracy: meanOf(recalls),
    f1: meanOf(counts.map((count) => (2 * count.right) / (count.truth + count.predicted))),
    ...(probabilities === undefined ? {} : { logLoss: logLossOf(truth, classes, probabilities) }),
    ...(auc === undefined ? {} : { auc }),
  };
};
