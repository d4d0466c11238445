import type { flow } from '@bellwether/contracts';
import { lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { endJob } from '../jobs/end-job.ts';

/**
 * A job could not even be planned: it fails with the reason of the last attempt. One that was planned goes on: its
 * message died after it was handled, as one does whose deletion from the queue failed each time.
 */
export const failJob: Handler<'training', typeof flow.trainingFailed, Deps> = async ({ body }, { now }) => {
  return async (tx) => {
    const job = await lockJob(tx, body.jobId);
    if (job === undefined || job.plan !== null) return [];
    const detail = body.reasons.at(-1) ?? 'no reason was recorded';
    return await endJob(tx, job, { status: 'failed', code: 'planning-failed', detail }, now());
  };
};
