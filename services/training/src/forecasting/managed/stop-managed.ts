import type { JobTable } from '@bellwether/database';
import { automlName } from '@bellwether/sagemaker';
import { automlPlaces } from '@bellwether/sagemaker/automl';
import type { Deps } from '../../deps.ts';

/** Stops a job's AutoML. False when SageMaker was too busy for it, and it is worth another attempt. */
export async function stopManaged(
  { id, finished_at }: JobTable,
  { remote, config, now, log }: Pick<Deps, 'remote' | 'config' | 'now' | 'log'>,
): Promise<boolean> {
  const gaveUpAt = (finished_at ?? now()) + config.SAGEMAKER_PATIENCE_SECONDS * 1000;
  try {
    const { sagemaker } = await remote.open();
    return (await sagemaker.stopAutoMl(automlName(id))).kind === 'stopping' || now() >= gaveUpAt;
  } catch (error) {
    log.error({ job: id, err: error }, 'an AutoML job on SageMaker could not be stopped; it ends at its own limit');
    return true;
  }
}

/**
 * Stops a job's AutoML if it runs, and deletes what was exchanged for it: tables, models and forecasts. What SageMaker
 * writes after that is swept, as the job itself has ended then. The AutoML job stays in SageMaker's list of all.
 *
 * @throws when SageMaker is too busy: whoever is to clean up tries again
 */
export async function discardManaged(job: JobTable, deps: Deps): Promise<void> {
  if (!(await stopManaged(job, deps))) throw new Error(`SageMaker is too busy to stop the AutoML job of ${job.id}`);
  if (!deps.remote.isConfigured) return;
  const { store } = await deps.remote.open();
  await store.deletePrefix(automlPlaces(job.tenant_id, job.id).prefix);
}
