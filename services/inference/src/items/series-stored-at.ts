import type { EnrichmentStep } from '@bellwether/contracts';
import { seriesOfSteps } from '@bellwether/datasets';
import { type ObjectStore, seriesKey } from '@bellwether/platform';

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
