import { datasetStatuses, lockJob, type Tx, updateOpenJob } from '@bellwether/database';
import type { EnrichmentPlan } from '../domain/plan-enrichment.ts';
import { handedOver, progressOf } from '../domain/progress.ts';
import { endJob } from './end-job.ts';

const day = 86_400_000;
/** Longer than any queue keeps the message that hands an output over: what is not there by then never comes. */
const longestHandOver = 15 * day;

/**
 * Ends an enrichment whose outputs are all registered, or one of them rejected; before that it shows how many there
 * are. Does nothing for jobs of another kind and for those that ended.
 *
 * @param now milliseconds since the epoch
 */
export async function settleEnrichment(tx: Tx, jobId: string, now: number) {
  // The lock first: of two last outputs at once, the second sees the first.
  const job = await lockJob(tx, jobId);
  if (job?.kind !== 'enrichment' || job.plan === null || job.status !== 'running') return [];
  const { outputs } = JSON.parse(job.plan) as EnrichmentPlan;
  const registered = await datasetStatuses(
    tx,
    outputs.map(({ datasetId }) => datasetId),
  );
  const rejected = registered.find(({ status }) => status === 'rejected');
  if (rejected !== undefined) {
    const detail = `Output ${rejected.id} was rejected; its problems say why.`;
    return await endJob(tx, job.id, { status: 'failed', code: 'output-rejected', detail }, now);
  }
  if (registered.length === outputs.length) {
    const datasets = Object.fromEntries(outputs.map(({ part, datasetId }) => [part, datasetId]));
    return await endJob(
      tx,
      job.id,
      { status: 'succeeded', result: { ...JSON.parse(job.result ?? '{}'), datasets } },
      now,
    );
  }
  if (job.progress >= handedOver && (job.started_at ?? now) < now - longestHandOver) {
    const detail = 'An output was written and never registered.';
    return await endJob(tx, job.id, { status: 'failed', code: 'output-lost', detail }, now);
  }
  const progress = progressOf(registered.length, outputs.length);
  if (progress > job.progress && registered.length > 0) await updateOpenJob(tx, job.id, { progress });
  return [];
}
