import type { MetricName } from '@bellwether/contracts';
import type { ChannelFiles, LearnedFiles } from '../adapters/sagemaker/channel-files.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import type { Running } from './core-share.ts';

/** What a worker thread is asked: plain data and paths of local files. */
export interface TrialTask {
  /** the dataset's Parquet file */
  readonly table: string;
  readonly plan: Omit<TrainingPlan, 'candidates'>;
  readonly algorithm: string;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** learn log(1 + target) */
  readonly logTarget: boolean;
  /** loss on the first fold above which the others are not fitted, and no model is made */
  readonly pruneAbove?: number;
  /** artifact of the version to evaluate again, instead of a fit */
  readonly artifact?: string;
  /** where to write what SageMaker is to learn from, instead of a fit */
  readonly channels?: ChannelFiles;
  /** what SageMaker has learned, instead of a fit */
  readonly learned?: LearnedFiles;
  /** where to write the new artifact */
  readonly output?: string;
}

export interface TrialResult {
  /** on the held-out rows */
  readonly metrics: Partial<Record<MetricName, number>>;
  /** absent for a model that was only evaluated, and where there are no folds */
  readonly validation?: TrialValidation;
  readonly hyperparameters: Readonly<Record<string, unknown>>;
  readonly trainedRows: number;
  readonly holdoutRows: number;
}

export interface TrialValidation {
  /** means over the folds, of those metrics that are defined on all */
  readonly metrics: Partial<Record<MetricName, number>>;
  /** value of the job's metric on each fold */
  readonly scores: readonly number[];
}

export type FitOutcome =
  | { readonly kind: 'done'; readonly result: TrialResult }
  /** hopeless on its first fold */
  | { readonly kind: 'pruned'; readonly scores: readonly number[] };

/** What a worker thread begins with. */
export interface ThreadStart {
  /** says whether native code works for it, and whether it may */
  readonly section: Int32Array;
  readonly running: Running;
  /** that all trials share; unless given, all that the process may use */
  readonly cores?: number;
}

/** What a worker thread is told: a task, or to give up reading, since it will be ended. */
export type ThreadOrder = { readonly kind: 'run'; readonly task: TrialTask } | { readonly kind: 'interrupt' };

/** What a worker thread says. A refusal is the data's fault: no other attempt would end otherwise. */
export type TrialReport =
  | { readonly kind: 'progress'; readonly fraction: number }
  | FitOutcome
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'crashed'; readonly reason: string };
