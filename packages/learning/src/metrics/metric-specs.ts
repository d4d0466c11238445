import type { MetricName } from '@bellwether/contracts';
import type { Task } from '../task.ts';

export interface MetricSpec {
  readonly task: Task;
  readonly greaterIsBetter: boolean;
  /** one sentence for people */
  readonly description: string;
}

/** Every metric, one line each; `evaluate` gives those that are defined for the rows at hand. */
export const metricSpecs = {
  rmse: { task: 'regression', greaterIsBetter: false, description: 'Root of the mean squared error' },
  mae: { task: 'regression', greaterIsBetter: false, description: 'Mean absolute error' },
  mse: { task: 'regression', greaterIsBetter: false, description: 'Mean squared error' },
  r2: { task: 'regression', greaterIsBetter: true, description: 'Share of the variance that is explained' },
  rmsle: { task: 'regression', greaterIsBetter: false, description: 'Root mean squared error of log(1 + value)' },
  accuracy: { task: 'classification', greaterIsBetter: true, description: 'Share of labels that are right' },
  balancedAccuracy: { task: 'classification', greaterIsBetter: true, description: 'Mean over labels of their recall' },
  f1: { task: 'classification', greaterIsBetter: true, description: 'Mean over labels of their F1 score (macro)' },
  logLoss: {
    task: 'classification',
    greaterIsBetter: false,
    description: 'Mean negative logarithm of the probability given to the true label',
  },
  auc: {
    task: 'classification',
    greaterIsBetter: true,
    description: 'Area under the ROC curve; beyond two labels the mean of each against the rest',
  },
} as const satisfies Readonly<Record<MetricName, MetricSpec>>;

/** By what versions are ranked unless the user says otherwise. */
export const defaultMetric = { regression: 'rmse', classification: 'accuracy' } as const satisfies Readonly<
  Record<Task, MetricName>
>;

/** Whether score `a` of a metric is better than `b`; no score at all is the worst. */
export const isBetter = (metric: MetricName, a: number | undefined, b: number | undefined): boolean => {
  if (a === undefined || Number.isNaN(a)) return false;
  if (b === undefined || Number.isNaN(b)) return true;
  return metricSpecs[metric].greaterIsBetter ? a > b : a < b;
};
