import { emit, flow } from '@bellwether/contracts';
import { getJob, isJobOpen, type JobTable } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { jobName } from '@bellwether/sagemaker';
import type { Deps } from '../deps.ts';

/**
 * A batch prediction's transform job is on SageMaker, or waits for room there: look at it once, and again later. When
 * there is something to do, the prediction is asked for once more. The job of one that has ended here is stopped.
 */
export const followPrediction: Handler<'inference', typeof flow.predictionSubmitted, Deps> = async ({ body }, deps) => {
  const { database, config } = deps;
  const { jobId } = body;
  const job = await getJob(database.read, jobId);
  if (job === undefined) return async () => [];
  const again = emit(flow.predictionSubmitted, body, { jobId, delaySeconds: config.SAGEMAKER_POLL_SECONDS });
  if (!(await isJobOpen(database.read, jobId))) {
    const stopped = await stop(job, deps);
    return async () => (stopped ? [] : [again]);
  }
  const running = await isRunning(jobId, deps);
  return async () => [running ? again : emit(flow.predictionRequested, body, { jobId })];
};

/** False also where that cannot be known: whoever is asked next meets the same, and it is his verdict. */
async function isRunning(jobId: string, { remote, log }: Deps): Promise<boolean> {
  try {
    const { sagemaker } = await remote.open();
    return (await sagemaker.describeTransform(jobName(jobId))).kind === 'running';
  } catch (error) {
    log.warn({ job: jobId, err: error }, 'a transform job on SageMaker could not be looked at');
    return false;
  }
}

/** Stops a transform job. False when SageMaker was too busy for it, and it is worth another attempt. */
async function stop({ id, finished_at }: JobTable, { remote, config, now, log }: Deps): Promise<boolean> {
  const gaveUpAt = (finished_at ?? now()) + config.SAGEMAKER_PATIENCE_SECONDS * 1000;
  try {
    const { sagemaker } = await remote.open();
    return (await sagemaker.stopTransform(jobName(id))).kind === 'done' || now() >= gaveUpAt;
  } catch (error) {
    log.error({ job: id, err: error }, 'a transform job on SageMaker could not be stopped');
    return true;
  }
}
