import { emit, flow, openJobStatuses, Problem } from '@bellwether/contracts';
import { jobDocument } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { jobOf } from './read-jobs.ts';

/** `POST /v1/jobs/{id}/cancel`: the service that accepted the job acts on it. */
export const cancelJob: Route<'cancelJob', Deps> = async ({ tenantId, params }, deps) => {
  const job = await jobOf(tenantId, params.id, deps);
  if (!(openJobStatuses as readonly string[]).includes(job.status)) {
    throw new Problem(409, 'job-ended', `Job ${job.id} has ended already: it is ${job.status}.`, {
      field: 'id',
      cure: 'There is nothing to cancel.',
    });
  }
  return {
    commit: async () => ({
      body: { job: jobDocument(job) },
      messages: [emit(flow.cancelRequested, { jobId: job.id, kind: job.kind }, { jobId: job.id })],
    }),
  };
};
