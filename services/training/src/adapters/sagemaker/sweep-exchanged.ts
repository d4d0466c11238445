import { getTrial } from '@bellwether/database';
import { sweepByJob } from '@bellwether/platform';
import { sageMakerPrefix } from '@bellwether/sagemaker';
import type { Deps } from '../../deps.ts';

/**
 * Deletes what trials exchanged with SageMaker once they have ended: copies of somebody's rows, and artifacts that are
 * stored as versions now. Nothing is opened where SageMaker is not configured.
 */
export async function sweepExchanged({ database, remote, log }: Deps): Promise<number> {
  if (!remote.isConfigured) return 0;
  const { store } = await remote.open();
  const keeps = async (trialId: string) => {
    const trial = await getTrial(database.read, trialId);
    const hasEnded = trial !== undefined && !['queued', 'running'].includes(trial.status);
    return () => !hasEnded;
  };
  const deleted = await sweepByJob(store, { prefix: sageMakerPrefix, before: Number.POSITIVE_INFINITY, keeps });
  if (deleted > 0) log.info({ deleted }, 'swept what ended trials exchanged with SageMaker');
  return deleted;
}
