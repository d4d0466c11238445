import { emit, flow } from '@bellwether/contracts';
import { getFit, getJob, isJobOpen, type JobTable, lockJob, updateOpenJob } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { automlName } from '@bellwether/sagemaker';
import type { Deps } from '../deps.ts';
import { waitsForAutoMl } from '../forecasting/managed/advance-managed.ts';
import { stopManaged } from '../forecasting/managed/stop-managed.ts';
import { isTraining } from '../forecasting/panel.ts';

/**
 * A forecaster is in work on SageMaker, or waits for room there: look at it once, and again later. When there is
 * something to do, its fit is asked for once more. The AutoML job of one that has ended here is stopped.
 */
export const followFit: Handler<'training', typeof flow.fitSubmitted, Deps> = async ({ body }, deps) => {
  const { database, config } = deps;
  const { jobId, fitId } = body;
  const job = await getJob(database.read, jobId);
  const fit = await getFit(database.read, fitId);
  if (job === undefined) return async () => [];
  const again = (delaySeconds: number) => emit(flow.fitSubmitted, body, { jobId, delaySeconds });
  if (fit?.status !== 'queued' || !isTraining(job) || !(await isJobOpen(database.read, jobId))) {
    const stopped = fit?.status === 'succeeded' || (await stopManaged(job, deps));
    return async () => (stopped ? [] : [again(config.SAGEMAKER_POLL_SECONDS)]);
  }
  const status = await runningStatus(job, deps);
  const waits = waitsForAutoMl(job, deps);
  if (status === undefined || waits === undefined) return async () => [emit(flow.fitRequested, body, { jobId })];
  return async (tx) => {
    const progress = progressByStatus[status] ?? 0.1;
    if (((await lockJob(tx, jobId))?.progress ?? 1) < progress) await updateOpenJob(tx, jobId, { progress });
    return [again(waits.delaySeconds)];
  };
};

/** How far a forecast is with its AutoML in each of SageMaker's statuses: most of the time goes to the models. */
const progressByStatus: Readonly<Record<string, number>> = {
  PreTraining: 0.15,
  AnalyzingData: 0.15,
  FeatureEngineering: 0.2,
  TrainingModels: 0.3,
  ModelTuning: 0.3,
  GeneratingExplainabilityReport: 0.6,
  GeneratingModelInsightsReport: 0.7,
};

/** The status of a job that is under way; undefined when it is not, and when that cannot be known. */
async function runningStatus({ id }: JobTable, { remote, log }: Deps): Promise<string | undefined> {
  try {
    const { sagemaker } = await remote.open();
    const state = await sagemaker.describeAutoMl(automlName(id));
    return state.kind === 'running' ? state.status : undefined;
  } catch (error) {
    // Whoever is asked next meets the same, and it is the forecaster's verdict there.
    log.warn({ job: id, err: error }, 'an AutoML job on SageMaker could not be looked at');
    return undefined;
  }
}
