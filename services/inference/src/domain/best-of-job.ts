import type { MetricName } from '@bellwether/contracts';
import { metricSpecs } from '@bellwether/learning';

/** A version that a training job made, by its scores. */
export interface MadeVersion {
  readonly version: number;
  readonly metrics: Partial<Record<string, number>>;
  readonly validationMetrics: Partial<Record<string, number>> | undefined;
}

/**
 * The best that a training job made: what it promoted, else by validation as the job itself chooses, else by the
 * held-out rows. Undefined when all of it was deleted, or nothing has a score.
 *
 * @param promoted the version that the job made champion
 */
export function bestOfJob(
  made: readonly MadeVersion[],
  metric: MetricName,
  promoted: number | undefined,
): number | undefined {
  if (made.some(({ version }) => version === promoted)) return promoted;
  const sign = metricSpecs[metric].greaterIsBetter ? 1 : -1;
  const best = (scoreOf: (version: MadeVersion) => number | undefined) =>
    made
      .flatMap((version) => {
        const score = scoreOf(version);
        return score === undefined ? [] : [{ version: version.version, score: sign * score }];
      })
      .toSorted((a, b) => b.score - a.score || a.version - b.version)[0]?.version;
  return best(({ validationMetrics }) => validationMetrics?.[metric]) ?? best(({ metrics }) => metrics[metric]);
}
