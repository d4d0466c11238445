import type { flow } from '@bellwether/contracts';
import { lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { concludeJob } from '../jobs/conclude-job.ts';

/** A trial ended: when it was the last one of its round, ask for the next, or choose the champion and end the job. */
export const finishJob: Handler<'training', typeof flow.trialFinished, Deps> = async ({ body }, deps) => {
  return async (tx) => {
    const job = await lockJob(tx, body.jobId);
    return job === undefined ? [] : await concludeJob(tx, job, deps);
  };
};
