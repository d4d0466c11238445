import { emit, flow } from '@bellwether/contracts';
import { abandonedAnnouncements, type DatasetTable, lockDataset, markRejected } from '@bellwether/database';
import { uploadedMessage } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** An upload that began in time may last long. */
const lateArrival = 3_600_000;

/**
 * Rejects datasets whose upload never came and cannot come any more, so that a job that waits for one ends too. Where
 * the object is there, only its notification was lost (an S3 event is in no outbox), and is said again.
 *
 * @param now milliseconds since the epoch
 */
export async function expireAnnouncements(deps: Deps, now: number): Promise<void> {
  const { database, config } = deps;
  const before = now - config.UPLOAD_EXPIRES_SECONDS * 1000 - lateArrival;
  for (const row of await abandonedAnnouncements(database.read, before, 100)) {
    if (!(await notifyAgain(row, deps, now))) await expire(row, deps, now);
  }
}

/** True when the upload is there. Said each time until it is heard; its id is the first notification's. */
async function notifyAgain({ upload_key }: DatasetTable, { store, queue, log }: Deps, now: number): Promise<boolean> {
  const object = upload_key === null ? undefined : await store.head(upload_key);
  const message = object && uploadedMessage(object, now);
  if (message === undefined) return false;
  log.warn({ key: upload_key }, 'an upload was never notified and is now');
  await queue.send('ingest', [message]);
  return true;
}

async function expire(row: DatasetTable, { perform }: Deps, now: number): Promise<void> {
  const problem = {
    code: 'upload-expired',
    severity: 'error',
    message: 'The upload URL expired before anything arrived.',
    cure: 'Announce the dataset again and upload it within the time that `expiresAt` gives.',
  } as const;
  await perform({ id: `${row.id}:expired`, tenantId: row.tenant_id }, async (tx) => {
    // Looked at again under the lock: an upload that came just now is being validated.
    const locked = await lockDataset(tx, row.tenant_id, row.id);
    if (locked?.status !== 'awaiting-upload') return { result: undefined, messages: [] };
    await markRejected(tx, row.id, [problem], now);
    const message = emit(flow.datasetRejected, { datasetId: row.id, name: row.name, reason: problem.message });
    return { result: undefined, messages: [message] };
  });
}
