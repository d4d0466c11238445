import type { flow } from '@bellwether/contracts';
import { getJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { endJob } from '../jobs/end-job.ts';
import { settleEnrichment } from '../jobs/settle-enrichment.ts';

/** A dataset is ready: if it was the last output of an enrichment, the job has succeeded. */
export const finishEnrichment: Handler<'enrichment', typeof flow.datasetReady, Deps> = async ({ jobId }, { now }) => {
  return async (tx) => (jobId === undefined ? [] : await settleEnrichment(tx, jobId, now()));
};

/** A dataset was rejected: if it was an output of an enrichment, the job has failed. */
export const failOnRejected: Handler<'enrichment', typeof flow.datasetRejected, Deps> = async (message, { now }) => {
  const { body, jobId } = message;
  return async (tx) => {
    const job = jobId === undefined ? undefined : await getJob(tx, jobId);
    if (job?.kind !== 'enrichment') return [];
    const detail = `Output ${body.name} was rejected: ${body.reason}`;
    return await endJob(tx, job.id, { status: 'failed', code: 'output-rejected', detail }, now());
  };
};
