import { findDataset, lockJob, type Tx } from '@bellwether/database';
import type { BatchPlan } from '../domain/batch-plan.ts';
import { endJob } from './end-job.ts';

/** Progress of a batch prediction whose table is written and handed to ingest; the rest is its registration. */
export const handedOver = 0.5;

const day = 86_400_000;
/** Longer than any queue keeps the message that hands the table over: what is not there by then never comes. */
const longestHandOver = 15 * day;

/**
 * Ends a batch prediction whose table is registered, or rejected. Does nothing for jobs of another kind and for those
 * that ended.
 *
 * @param now milliseconds since the epoch
 */
export async function settlePrediction(tx: Tx, jobId: string, now: number) {
  const job = await lockJob(tx, jobId);
  if (job?.kind !== 'batch-prediction' || job.plan === null || job.status !== 'running') return [];
  const { datasetId, version, predictionColumn, probabilities, interval } = JSON.parse(job.plan) as BatchPlan;
  const dataset = await findDataset(tx, job.tenant_id, datasetId);
  if (dataset?.status === 'ready') {
    const columns = {
      predictionColumn,
      probabilityColumns: probabilities.map(({ column }) => column),
      ...(interval && { interval }),
    };
    const result = { datasetId, model: job.model, version, rows: dataset.row_count, ...columns };
    return await endJob(tx, job.id, { status: 'succeeded', result }, now);
  }
  if (dataset?.status === 'rejected') {
    const detail = `The table of predictions, dataset ${datasetId}, was rejected; its problems say why.`;
    return await endJob(tx, job.id, { status: 'failed', code: 'output-rejected', detail }, now);
  }
  if (job.progress >= handedOver && (job.started_at ?? now) < now - longestHandOver) {
    const detail = 'The table of predictions was written and never registered.';
    return await endJob(tx, job.id, { status: 'failed', code: 'output-lost', detail }, now);
  }
  return [];
}
