import { jobsHandedOver } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { handedOver, settlePrediction } from './settle-prediction.ts';

/**
 * Ends batch predictions whose last message died: `dataset.ready` and `dataset.rejected` only inform, so nothing
 * follows from their death, and a job that nobody moves on would never end.
 */
export async function settlePredictions({ database, perform, now }: Deps): Promise<void> {
  for (const { id, tenant_id } of await jobsHandedOver(database.read, 'batch-prediction', handedOver)) {
    await perform({ id: `${id}:settled`, tenantId: tenant_id, jobId: id }, async (tx) => ({
      result: undefined,
      messages: await settlePrediction(tx, id, now()),
    }));
  }
}
