import type { Frame, MetricName } from '@bellwether/contracts';
import {
  type Hyperparameters,
  learnerOf,
  type Metrics,
  type Model,
  metricSpecs,
  type ScoredRows,
  type Split,
} from '@bellwether/learning';
import { joinScored, type Scores, scoresOn } from './scores-on.ts';
import type { TrialTask, TrialValidation } from './trial-task.ts';

export type Validated =
  | {
      readonly kind: 'validated';
      readonly means: TrialValidation;
      /** for the model of all training rows, where the folds say what suits them */
      readonly hyperparameters: Hyperparameters;
      /** regression: the rows of all folds, each predicted by the model that was not fitted on it */
      readonly rows: ScoredRows | undefined;
    }
  | { readonly kind: 'pruned'; readonly scores: readonly number[] }
  /** there are no folds, or one of them cannot be learned from */
  | { readonly kind: 'none' };

/**
 * Fits and scores a model on each fold. After the first, a loss above the task's threshold ends it.
 *
 * @param fit on these rows, watching those
 */
export async function validate(
  task: TrialTask,
  frame: Frame,
  folds: readonly Split[],
  fit: (training: Int32Array, validation: Int32Array) => Promise<Model>,
): Promise<Validated> {
  const { metric } = task.plan;
  const scored: Metrics[] = [];
  const rows: ScoredRows[] = [];
  const parts: Model['parameters'][] = [];
  const scores: number[] = [];
  for (const { training, holdout } of folds) {
    const scoresOfFold = await unlessRefused(async () => {
      const model = await fit(training, holdout);
      parts.push(model.parameters);
      return scoresOn(model, frame, holdout);
    });
    const score = scoresOfFold?.metrics[metric];
    if (scoresOfFold === undefined || score === undefined || !Number.isFinite(score)) return { kind: 'none' };
    scored.push(scoresOfFold.metrics);
    if (scoresOfFold.rows !== undefined) rows.push(scoresOfFold.rows);
    scores.push(score);
    const loss = metricSpecs[metric].greaterIsBetter ? -score : score;
    if (scores.length === 1 && folds.length > 1 && loss > (task.pruneAbove ?? Number.POSITIVE_INFINITY)) {
      return { kind: 'pruned', scores };
    }
  }
  if (scored.length === 0) return { kind: 'none' };
  const { hyperparameters, algorithm } = task;
  const settled = learnerOf(algorithm).settle?.(hyperparameters, parts) ?? hyperparameters;
  const means = { metrics: meansOf(scored), scores };
  return { kind: 'validated', means, hyperparameters: settled, rows: joinScored(rows) };
}

async function unlessRefused(score: () => Promise<Scores>): Promise<Scores | undefined> {
  try {
    return await score();
  } catch (error) {
    // By name, since it may come from another realm: a fold of one class is no fault of the table as a whole.
    if ((error as { name?: string }).name === 'Problem') return undefined;
    throw error;
  }
}

function meansOf(scored: readonly Metrics[]): TrialValidation['metrics'] {
  const names = Object.keys(scored[0] ?? {}) as MetricName[];
  const means = names.map((name) => {
    const sum = scored.reduce((total, metrics) => total + (metrics[name] ?? Number.NaN), 0);
    return [name, sum / scored.length] as const;
  });
  return Object.fromEntries(means.filter(([, mean]) => Number.isFinite(mean)));
}
