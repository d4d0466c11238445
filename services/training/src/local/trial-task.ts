import type { MetricName } from '@bellwether/contracts';
import type { TrainingPlan } from '../domain/plan-training.ts';

/** What a worker thread is asked: plain data and paths of local files. */
export interface TrialTask {
  /** the dataset's Parquet file */
  readonly table: string;
  readonly plan: Omit<TrainingPlan, 'trials'>;
  readonly algorithm: string;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** artifact of the version to evaluate again, instead of a fit */
  readonly artifact?: string;
  /** where to write the new artifact */
  readonly output?: string;
}

export interface TrialResult {
  readonly metrics: Partial<Record<MetricName, number>>;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly trainedRows: number;
  readonly holdoutRows: number;
}

/** What a worker thread is told: a task, or to give up reading, since it will be ended. */
export type ThreadOrder = { readonly kind: 'run'; readonly task: TrialTask } | { readonly kind: 'interrupt' };

/** What a worker thread says. A refusal is the data's fault: no other attempt would end otherwise. */
export type TrialReport =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: TrialResult }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'crashed'; readonly reason: string };
