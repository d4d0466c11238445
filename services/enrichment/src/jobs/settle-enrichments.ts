import { jobsHandedOver } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { handedOver } from '../domain/progress.ts';
import { settleEnrichment } from './settle-enrichment.ts';

/**
 * Ends enrichments whose last message died: `dataset.ready` and `dataset.rejected` only inform, so nothing follows from
 * their death, and a job that nobody moves on would never end.
 */
export async function settleEnrichments({ database, perform, now }: Deps): Promise<void> {
  for (const { id, tenant_id } of await jobsHandedOver(database.read, 'enrichment', handedOver)) {
    await perform({ id: `${id}:settled`, tenantId: tenant_id, jobId: id }, async (tx) => ({
      result: undefined,
      messages: await settleEnrichment(tx, id, now()),
    }));
  }
}
