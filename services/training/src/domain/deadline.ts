import type { TrainingPlan } from './plan-training.ts';

/**
 * When a job's budget of time is spent, in milliseconds since the epoch; never, when it has none.
 *
 * @param startedAt milliseconds since the epoch
 */
export function deadlineOf({ minutes }: Pick<TrainingPlan, 'minutes'>, startedAt: number | null): number {
  if (minutes === undefined || startedAt === null) return Number.POSITIVE_INFINITY;
  return startedAt + minutes * 60_000;
}
