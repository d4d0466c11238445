import { emit, flow } from '@bellwether/contracts';
import { getJob, getPart, isJobOpen, type JobTable } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { jobName } from '@bellwether/sagemaker';
import type { Deps } from '../deps.ts';
import { isForecasting } from '../forecasting/forecaster.ts';
import { waitsForForecasts } from '../forecasting/managed/advance-forecasts.ts';
import { stopForecasts } from '../forecasting/managed/stop-forecasts.ts';

/**
 * Forecasts are in work on SageMaker, or wait for room there: look at them once, and again later. When there is something
 * to do, their part is asked for once more. The transform job of one that has ended here is stopped, its model deleted.
 */
export const followPart: Handler<'inference', typeof flow.partSubmitted, Deps> = async ({ body }, deps) => {
  const { database, config } = deps;
  const { jobId, partId } = body;
  const job = await getJob(database.read, jobId);
  const part = await getPart(database.read, partId);
  if (job === undefined) return async () => [];
  const again = (delaySeconds: number) => emit(flow.partSubmitted, body, { jobId, delaySeconds });
  if (part?.status !== 'queued' || !isForecasting(job) || !(await isJobOpen(database.read, jobId))) {
    const stopped = part?.status === 'succeeded' || (await stopForecasts(job, deps));
    return async () => (stopped ? [] : [again(config.SAGEMAKER_POLL_SECONDS)]);
  }
  const waits = (await isRunning(job, deps)) ? waitsForForecasts(job, deps) : undefined;
  return async () => [waits === undefined ? emit(flow.partRequested, body, { jobId }) : again(waits.delaySeconds)];
};

/** False also where that cannot be known: whoever is asked next meets the same, and it is his verdict. */
async function isRunning({ id }: JobTable, { remote, log }: Deps): Promise<boolean> {
  try {
    const { sagemaker } = await remote.open();
    return (await sagemaker.describeTransform(jobName(id))).kind === 'running';
  } catch (error) {
    log.warn({ job: id, err: error }, 'a transform job on SageMaker could not be looked at');
    return false;
  }
}
