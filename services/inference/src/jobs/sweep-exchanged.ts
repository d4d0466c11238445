import { getJob } from '@bellwether/database';
import { sageMakerPrefix } from '@bellwether/sagemaker';
import type { Deps } from '../deps.ts';

/**
 * Deletes what batch predictions exchanged with SageMaker once they have ended: copies of somebody's rows. What trials
 * exchange there is training's. Nothing is opened where SageMaker is not configured.
 */
export async function sweepExchanged({ database, remote, log }: Deps): Promise<number> {
  if (!remote.isConfigured) return 0;
  const { store } = await remote.open();
  const ended = new Map<string, boolean>();
  let deleted = 0;
  for await (const { key } of store.list(sageMakerPrefix)) {
    const jobId = key.split('/')[2] ?? '';
    if (!ended.has(jobId)) ended.set(jobId, await hasEnded(jobId));
    if (!ended.get(jobId)) continue;
    await store.delete(key);
    deleted++;
  }
  if (deleted > 0) log.info({ deleted }, 'swept what ended predictions exchanged with SageMaker');
  return deleted;

  async function hasEnded(jobId: string): Promise<boolean> {
    const job = await getJob(database.read, jobId);
    return job !== undefined && !['queued', 'waiting', 'running'].includes(job.status);
  }
}
