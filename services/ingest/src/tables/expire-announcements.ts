import { emit, flow } from '@bellwether/contracts';
import { abandonedAnnouncements, markRejected } from '@bellwether/database';
import type { Deps } from '../deps.ts';

/** An upload that began in time may last long. */
const lateArrival = 3_600_000;

/**
 * Rejects datasets whose upload never came and cannot come any more, so that a job that waits for one ends too.
 *
 * @param now milliseconds since the epoch
 */
export async function expireAnnouncements(deps: Deps, now: number): Promise<void> {
  const { database, config, perform } = deps;
  const before = now - config.UPLOAD_EXPIRES_SECONDS * 1000 - lateArrival;
  for (const row of await abandonedAnnouncements(database.read, before, 100)) {
    const problem = {
      code: 'upload-expired',
      severity: 'error',
      message: 'The upload URL expired before anything arrived.',
      cure: 'Announce the dataset again and upload it within the time that `expiresAt` gives.',
    } as const;
    await perform({ id: `${row.id}:expired`, tenantId: row.tenant_id }, async (tx) => {
      const rejected = await markRejected(tx, row.id, [problem], now);
      const message = emit(flow.datasetRejected, { datasetId: row.id, name: row.name, reason: problem.message });
      return { result: undefined, messages: rejected ? [message] : [] };
    });
  }
}
