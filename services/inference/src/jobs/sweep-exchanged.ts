import { getJob } from '@bellwether/database';
import { sweepByJob } from '@bellwether/platform';
import { sageMakerPrefix } from '@bellwether/sagemaker';
import type { Deps } from '../deps.ts';

/**
 * Deletes what batch predictions and forecasts exchanged with SageMaker once they have ended: copies of somebody's rows, and
 * models that AutoML found. What trials exchange there is training's. Nothing is opened where SageMaker is not configured.
 */
export async function sweepExchanged({ database, remote, log }: Deps): Promise<number> {
  if (!remote.isConfigured) return 0;
  const { store } = await remote.open();
  const keeps = async (jobId: string) => {
    const job = await getJob(database.read, jobId);
    const hasEnded = job !== undefined && !['queued', 'waiting', 'running'].includes(job.status);
    return () => !hasEnded;
  };
  const deleted = await sweepByJob(store, { prefix: sageMakerPrefix, before: Number.POSITIVE_INFINITY, keeps });
  if (deleted > 0) log.info({ deleted }, 'swept what ended predictions exchanged with SageMaker');
  return deleted;
}
