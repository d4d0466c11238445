import { emit, flow } from '@bellwether/contracts';
import { getJob, getTrial, updateOpenTrial } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { runsOnSageMaker } from '../domain/runs-on-sagemaker.ts';
import { errorOfDeath } from '../domain/trial-error.ts';

/** A trial died: it counts as failed, and its job goes on without it. */
export const failTrial: Handler<'training', typeof flow.trialFailed, Deps> = async ({ body }, { now }) => {
  return async (tx) => {
    const trial = await getTrial(tx, body.trialId);
    const error = errorOfDeath(body.reasons.at(-1) ?? 'no reason was recorded');
    if (trial === undefined) return [];
    if (!(await updateOpenTrial(tx, trial.id, { status: 'failed', error, finished_at: now() }))) return [];
    const { jobId, trialId } = body;
    const finished = { jobId, trialId, algorithm: trial.algorithm, status: 'failed' as const };
    const plan = JSON.parse((await getJob(tx, jobId))?.plan ?? '{}') as TrainingPlan;
    return [
      emit(flow.trialFinished, finished, { jobId }),
      // Its job there may run on: whoever hears of a trial that has ended stops it.
      ...(runsOnSageMaker(plan, trial) ? [emit(flow.trialSubmitted, { jobId, trialId }, { jobId })] : []),
    ];
  };
};
