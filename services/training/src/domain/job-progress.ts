import type { TrainingPlan } from './plan-training.ts';

/** How far a job is. */
export interface Standing {
  /** trials that were asked for */
  readonly all: number;
  /** sum of their progress */
  readonly done: number;
  /** milliseconds since the job's start */
  readonly elapsed: number;
}

/** Only the end of a job is 1. */
const nearlyDone = 0.99;

/**
 * The share of a job that is done, from 0 to 1: of all the trials that it may have, most of which nobody has asked for
 * yet; or of its minutes, when those will be spent first.
 */
export function jobProgress({ candidates, minutes }: Pick<TrainingPlan, 'candidates' | 'minutes'>, standing: Standing) {
  const planned = candidates.reduce((sum, { trials }) => sum + trials, 0);
  const ofTrials = standing.done / Math.max(planned, standing.all, 1);
  const ofTime = minutes === undefined ? 0 : standing.elapsed / (minutes * 60_000);
  return Math.min(nearlyDone, Math.max(ofTrials, ofTime));
}
