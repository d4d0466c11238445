import type { ModelVersion, Retention } from '@bellwether/contracts';
import { defaultMetric, metricSpecs } from '@bellwether/learning';
import { leaderboard } from './leaderboard.ts';

/** A tag of this name keeps a version whatever the rule says. */
const keepTag = 'keep';

/**
 * The versions that a rule of retention gives up: those that are neither among the newest nor among the best, the
 * champion and tagged ones aside.
 *
 * @param versions all of one model, with the champion marked
 */
export function versionsToDelete(versions: readonly ModelVersion[], rule: Retention): ModelVersion[] {
  if (rule.keepLast === undefined && rule.keepBest === undefined) return [];
  const newest = versions.toSorted((a, b) => b.version - a.version);
  const task = newest[0]?.task ?? 'regression';
  const metric = rule.metric ?? defaultMetric[task];
  const best = leaderboard(versions, metric, metricSpecs[metric].greaterIsBetter);
  const kept = new Set([...newest.slice(0, rule.keepLast ?? 0), ...best.slice(0, rule.keepBest ?? 0)]);
  return newest.filter((version) => !kept.has(version) && !version.champion && !(keepTag in version.tags));
}
