import type { flow } from '@bellwether/contracts';
import { datasetStatuses, lockJob, type Tx } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { EnrichmentPlan } from '../domain/plan-enrichment.ts';
import { endJob } from '../jobs/end-job.ts';

/** A dataset is ready: if it was the last output of an enrichment, the job has succeeded. */
export const finishEnrichment: Handler<'enrichment', typeof flow.datasetReady, Deps> = async ({ jobId }, { now }) => {
  return async (tx) => {
    const job = await lockEnrichment(tx, jobId);
    if (job === undefined) return [];
    const { outputs } = job.plan;
    const ids = outputs.map((output) => output.datasetId);
    const ready = (await datasetStatuses(tx, ids)).filter(({ status }) => status === 'ready');
    if (ready.length < outputs.length) return [];
    const result = Object.fromEntries(outputs.map(({ part, datasetId }) => [part, datasetId]));
    return await endJob(tx, job.id, { status: 'succeeded', result: { datasets: result } }, now());
  };
};

/** A dataset was rejected: if it was an output of an enrichment, the job has failed. */
export const failOnRejected: Handler<'enrichment', typeof flow.datasetRejected, Deps> = async (message, { now }) => {
  return async (tx) => {
    const job = await lockEnrichment(tx, message.jobId);
    if (job === undefined) return [];
    const detail = `Output ${message.body.name} was rejected: ${message.body.reason}`;
    return await endJob(tx, job.id, { status: 'failed', code: 'output-rejected', detail }, now());
  };
};

/** The job of a message, locked, when there is one and it is an enrichment. */
async function lockEnrichment(tx: Tx, jobId: string | undefined) {
  const job = jobId === undefined ? undefined : await lockJob(tx, jobId);
  if (job?.kind !== 'enrichment' || job.plan === null) return undefined;
  return { id: job.id, plan: JSON.parse(job.plan) as EnrichmentPlan };
}
