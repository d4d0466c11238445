import type { JobTable } from '@bellwether/database';
import { jobName } from '@bellwether/sagemaker';
import type { Deps } from '../../deps.ts';

/**
 * Stops a job's transform job if it runs, and deletes its model. False when SageMaker was too busy for it, and it is worth
 * another attempt.
 */
export async function stopForecasts(
  { id, finished_at }: JobTable,
  { remote, config, now, log }: Pick<Deps, 'remote' | 'config' | 'now' | 'log'>,
): Promise<boolean> {
  const gaveUpAt = (finished_at ?? now()) + config.SAGEMAKER_PATIENCE_SECONDS * 1000;
  try {
    const { sagemaker } = await remote.open();
    const stopped = await sagemaker.stopTransform(jobName(id));
    const deleted = await sagemaker.deleteModel(jobName(id));
    return (stopped.kind === 'done' && deleted.kind === 'done') || now() >= gaveUpAt;
  } catch (error) {
    log.error({ job: id, err: error }, 'what SageMaker has of a forecast could not be stopped and deleted');
    return true;
  }
}
