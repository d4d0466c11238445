import type { Deps } from '../deps.ts';
import { handedOver, settlePrediction } from './settle-prediction.ts';

const batch = 500;

/**
 * Ends batch predictions whose last message died: `dataset.ready` and `dataset.rejected` only inform, so nothing
 * follows from their death, and a job that nobody moves on would never end.
 */
export async function settlePredictions({ database, perform, now }: Deps): Promise<void> {
  const jobs = await database.read
    .selectFrom('jobs')
    .select(['id', 'tenant_id'])
    .where('kind', '=', 'batch-prediction')
    .where('status', '=', 'running')
    .where('progress', '>=', handedOver)
    .orderBy('id')
    .limit(batch)
    .execute();
  for (const { id, tenant_id } of jobs) {
    await perform({ id: `${id}:settled`, tenantId: tenant_id, jobId: id }, async (tx) => ({
      result: undefined,
      messages: await settlePrediction(tx, id, now()),
    }));
  }
}
