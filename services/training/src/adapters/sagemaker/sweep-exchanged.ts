import { getTrial } from '@bellwether/database';
import { sageMakerPrefix } from '@bellwether/sagemaker';
import type { Deps } from '../../deps.ts';
import { trialOfKey } from './places.ts';

/**
 * Deletes what trials exchanged with SageMaker once they have ended: copies of somebody's rows, and artifacts that are
 * stored as versions now. Nothing is opened where SageMaker is not configured.
 */
export async function sweepExchanged({ database, remote, log }: Deps): Promise<number> {
  if (!remote.isConfigured) return 0;
  const { store } = await remote.open();
  const ended = new Map<string, boolean>();
  let deleted = 0;
  for await (const { key } of store.list(sageMakerPrefix)) {
    const trialId = trialOfKey(key) ?? '';
    if (!ended.has(trialId)) ended.set(trialId, await hasEnded(trialId));
    if (!ended.get(trialId)) continue;
    await store.delete(key);
    deleted++;
  }
  if (deleted > 0) log.info({ deleted }, 'swept what ended trials exchanged with SageMaker');
  return deleted;

  async function hasEnded(trialId: string): Promise<boolean> {
    const trial = await getTrial(database.read, trialId);
    return trial !== undefined && !['queued', 'running'].includes(trial.status);
  }
}
