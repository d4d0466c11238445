import { emit, flow } from '@bellwether/contracts';
import { jobsWaitingFor, updateOpenJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { endJob } from '../jobs/end-job.ts';

/** A dataset is ready: the jobs that waited for it are asked for again. */
export const resumeWaitingJobs: Handler<'training', typeof flow.datasetReady, Deps> = async (message) => {
  return async (tx) => {
    const jobs = await jobsWaitingFor(tx, 'training', message.body.datasetId);
    for (const job of jobs) await updateOpenJob(tx, job.id, { status: 'queued' });
    return jobs.map((job) => emit(flow.trainingRequested, { jobId: job.id }, { jobId: job.id, id: `${job.id}:ready` }));
  };
};

/** A dataset was rejected: the jobs that waited for it fail with its reason. */
export const failWaitingJobs: Handler<'training', typeof flow.datasetRejected, Deps> = async (message, { now }) => {
  return async (tx) => {
    const jobs = await jobsWaitingFor(tx, 'training', message.body.datasetId);
    const detail = `The dataset was rejected: ${message.body.reason}`;
    const ends = [];
    for (const job of jobs) {
      ends.push(...(await endJob(tx, job, { status: 'failed', code: 'dataset-rejected', detail }, now())));
    }
    return ends;
  };
};
