import { emit, flow } from '@bellwether/contracts';
import { insertRefusedStep, lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { endJob } from '../jobs/end-job.ts';

/**
 * A job could not even be planned: it fails with the reason of the last attempt. One that was planned goes on: its
 * message died after it was handled, as one does whose deletion from the queue failed each time. A step of a run that
 * was not even accepted is put in as failed.
 */
export const failJob: Handler<'training', typeof flow.trainingFailed, Deps> = async (message, { now }) => {
  const { body, tenantId } = message;
  const { jobId: id, runId } = body;
  const detail = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    const job = await lockJob(tx, id);
    if (job === undefined && runId !== undefined) {
      const step = { id, tenant_id: tenantId, kind: 'training', runId, code: 'step-failed', detail } as const;
      return [
        emit(flow.trainingFinished, await insertRefusedStep(tx, step, now()), { jobId: id, id: `${id}:finished` }),
      ];
    }
    if (job === undefined || job.plan !== null) return [];
    return await endJob(tx, job, { status: 'failed', code: 'planning-failed', detail }, now());
  };
};
