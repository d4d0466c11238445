import { getJob } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { planOf, progressOf } from './forecast-rows.ts';

/** Longest text that fits the column of every warehouse. */
const maxReason = 2000;

/**
 * Says in the warehouse that a pipeline failed or was cancelled. Done before the job's own row changes: an attempt that
 * is made again says the same again.
 */
export async function reportFailure(
  jobId: string,
  { status, reason }: { readonly status: 'failed' | 'cancelled'; readonly reason: string },
  { database, warehouse, log }: Deps,
): Promise<void> {
  const job = await getJob(database.read, jobId);
  if (job?.kind !== 'forecast' || progressOf(job).step === 'clean-up') return;
  const { source } = planOf(job);
  if (source.kind !== 'warehouse') return;
  const key = { dataName: source.dataName, dateCreate: source.dateCreate };
  try {
    await (await warehouse()).upsertParameters(key, {
      status,
      reason: reason.slice(0, maxReason),
      forecastAvailable: false,
    });
  } catch (error) {
    // The job must end although the warehouse is what failed.
    log.warn({ jobId, err: error }, 'the warehouse could not be told that a forecast failed');
  }
}
