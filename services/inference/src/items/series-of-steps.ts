import type { EnrichmentStep } from '@bellwether/contracts';
import { type ObjectStore, seriesKey } from '@bellwether/platform';

/** The series that steps read; with their vintages where any step asks as of the release. */
export function seriesOfSteps(steps: readonly EnrichmentStep[]): Map<string, boolean> {
  const wanted = new Map<string, boolean>();
  for (const step of steps) {
    if (step.kind !== 'macro') continue;
    for (const entry of step.series) {
      const id = typeof entry === 'string' ? entry : entry.id;
      wanted.set(id, (wanted.get(id) ?? false) || step.asOf === 'release');
    }
  }
  return wanted;
}

/** S3 tells times in whole seconds, so that what was stored later in the same second looks older. */
const precisionMs = 1000;

/** When enrichment last stored one of the steps' series, in milliseconds since the epoch; 0 where they read none. */
export async function seriesStoredAt(
  steps: readonly EnrichmentStep[],
  store: Pick<ObjectStore, 'head'>,
): Promise<number> {
  let last = 0;
  for (const [id, vintages] of seriesOfSteps(steps)) {
    const head = await store.head(seriesKey(id, vintages));
    last = Math.max(last, head?.modifiedAt ?? 0);
  }
  return last;
}

/** Whether features that were begun to be made at `madeAt` may lack what was stored at `storedAt`. */
export const isNewer = (storedAt: number, madeAt: number): boolean => storedAt > 0 && storedAt + precisionMs > madeAt;
