import type { MetricName, ModelVersion } from '@bellwether/contracts';

/** Versions by a metric, best first; those without it last. Among equals the champion comes first, then the newest. */
export function leaderboard(
  versions: readonly ModelVersion[],
  metric: MetricName,
  greaterIsBetter: boolean,
): ModelVersion[] {
  const worst = Number.NEGATIVE_INFINITY;
  const merit = ({ metrics }: ModelVersion) => {
    const value = metrics[metric];
    if (value === undefined) return worst;
    return greaterIsBetter ? value : -value;
  };
  return versions.toSorted(
    (a, b) => compare(merit(b), merit(a)) || Number(b.champion) - Number(a.champion) || b.version - a.version,
  );
}

/** Subtraction would make NaN of two infinities. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
