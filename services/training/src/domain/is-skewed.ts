import type { ColumnProfile } from '@bellwether/contracts';
import type { Task } from './choose-task.ts';

/** How much longer the upper tail must be than the lower one; of a normal distribution both are equal. */
const longerBy = 1.5;

/**
 * Whether the logarithm of a target is worth a try: it is a number, never negative, and reaches from its median much
 * farther up (to the 0.95 quantile) than down (to the 0.05 quantile), as prices, sales and durations do.
 */
export function isSkewed(task: Task, facts: Pick<ColumnProfile, 'min' | 'quantiles'> | undefined): boolean {
  if (task !== 'regression' || typeof facts?.min !== 'number' || facts.min < 0) return false;
  const [low, , median, , high] = facts.quantiles ?? [];
  if (low === undefined || median === undefined || high === undefined) return false;
  return high - median > longerBy * (median - low);
}
