import type { TrialTable } from '@bellwether/database';
import type { Metrics } from '@bellwether/learning';
import type { EndedTrial } from '../domain/plan-round.ts';

/** What a trial's row says of its folds. */
export interface TrialValidation {
  /** means over the folds */
  readonly metrics: Metrics;
  /** value of the job's metric on each fold */
  readonly scores: readonly number[];
}

/** A trial's validation; empty where nothing was validated. */
export function validationOf({ validation }: Pick<TrialTable, 'validation'>): TrialValidation {
  return validation === null ? { metrics: {}, scores: [] } : (JSON.parse(validation) as TrialValidation);
}

/** A trial's row as the next round sees it. */
export function endedTrial(row: TrialTable): EndedTrial {
  return {
    candidate: row.candidate,
    hyperparameters: JSON.parse(row.hyperparameters),
    logTarget: row.log_target === 1,
    pruned: row.status === 'pruned',
    ...(row.score === null ? {} : { score: row.score }),
    foldScores: validationOf(row).scores,
  };
}
