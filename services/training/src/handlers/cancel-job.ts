import type { flow } from '@bellwether/contracts';
import { lockJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { endRun } from '../automations/end-run.ts';
import type { Deps } from '../deps.ts';
import { endJob } from '../jobs/end-job.ts';

const cancelled = { status: 'cancelled', code: 'cancelled', detail: 'Cancelled on request.' } as const;

/** Somebody asked for a job to stop: its row says so, and its running trials look at it twice a second. */
export const cancelJob: Handler<'training', typeof flow.cancelRequested, Deps> = async ({ body }, { now }) => {
  return async (tx) => {
    if (body.kind === 'automation') return await endRun(tx, body.jobId, cancelled, now());
    if (body.kind !== 'training') return [];
    const job = await lockJob(tx, body.jobId);
    if (job === undefined) return [];
    return await endJob(tx, job, cancelled, now());
  };
};
