import type { EnrichmentStep } from '@bellwether/contracts';

/** Ids of the series that steps read, each once, and whether with vintages: where any step asks as of the release. */
export function seriesOfSteps(steps: readonly EnrichmentStep[]): Map<string, boolean> {
  const series = new Map<string, boolean>();
  for (const step of steps) {
    if (step.kind !== 'macro') continue;
    for (const entry of step.series) {
      const id = typeof entry === 'string' ? entry : entry.id;
      series.set(id, (series.get(id) ?? false) || step.asOf === 'release');
    }
  }
  return series;
}
