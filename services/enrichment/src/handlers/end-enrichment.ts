import type { flow } from '@bellwether/contracts';
import { lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { handedOver } from '../domain/progress.ts';
import { endJob } from '../jobs/end-job.ts';

/**
 * An enrichment died: its job fails with the reason of the last attempt. One whose outputs are handed over goes on: its
 * message died after it was handled, as one does whose deletion from the queue failed each time.
 */
export const failEnrichment: Handler<'enrichment', typeof flow.enrichmentFailed, Deps> = async ({ body }, { now }) => {
  const detail = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const job = await lockJob(tx, body.jobId);
    if (job === undefined || job.progress >= handedOver) return [];
    return await endJob(tx, job.id, { status: 'failed', code: 'enrichment-failed', detail }, now());
  };
};

/** Somebody asked for a job to stop. What ingest registers afterwards stays, as datasets like others. */
export const cancelEnrichment: Handler<'enrichment', typeof flow.cancelRequested, Deps> = async ({ body }, { now }) => {
  const end = { status: 'cancelled', code: 'cancelled', detail: 'Cancelled on request.' } as const;
  return async (tx) => (body.kind === 'enrichment' ? await endJob(tx, body.jobId, end, now()) : []);
};
