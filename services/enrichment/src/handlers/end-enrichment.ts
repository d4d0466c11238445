import { emit, flow } from '@bellwether/contracts';
import { insertRefusedStep, lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { handedOver } from '../domain/progress.ts';
import { endJob } from '../jobs/end-job.ts';

/**
 * An enrichment died: its job fails with the reason of the last attempt. One whose outputs are handed over goes on: its
 * message died after it was handled, as one does whose deletion from the queue failed each time. A step of a
 * run that was not even accepted is put in as failed.
 */
export const failEnrichment: Handler<'enrichment', typeof flow.enrichmentFailed, Deps> = async (message, { now }) => {
  const { body, tenantId } = message;
  const { jobId: id, runId } = body;
  const detail = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const job = await lockJob(tx, id);
    if (job === undefined && runId !== undefined) {
      const step = { id, tenant_id: tenantId, kind: 'enrichment', runId, code: 'step-failed', detail } as const;
      return [
        emit(flow.enrichmentFinished, await insertRefusedStep(tx, step, now()), { jobId: id, id: `${id}:finished` }),
      ];
    }
    if (job === undefined || job.progress >= handedOver) return [];
    return await endJob(tx, job.id, { status: 'failed', code: 'enrichment-failed', detail }, now());
  };
};

/** Somebody asked for a job to stop. What ingest registers afterwards stays, as datasets like others. */
export const cancelEnrichment: Handler<'enrichment', typeof flow.cancelRequested, Deps> = async ({ body }, { now }) => {
  const end = { status: 'cancelled', code: 'cancelled', detail: 'Cancelled on request.' } as const;
  return async (tx) => (body.kind === 'enrichment' ? await endJob(tx, body.jobId, end, now()) : []);
};
