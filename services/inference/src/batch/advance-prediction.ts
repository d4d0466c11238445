import type { JobWatch } from '@bellwether/platform';
import { type Busy, finalRefusal, jobName, type Waits, waitsForJob, waitsForRoom } from '@bellwether/sagemaker';
import type { Remote } from '@bellwether/sagemaker/remote';
import type { Deps } from '../deps.ts';
import { submitTransform } from './submit-transform.ts';
import { transformPlaces } from './transform-places.ts';
import { type PredictionOrder, type WrittenPredictions, writePredictions } from './write-predictions.ts';

type Advanced = WrittenPredictions | Waits;

/** Whose order it is, and since when it is worked on. */
interface Prediction {
  readonly jobId: string;
  /** milliseconds since the epoch */
  readonly startedAt: number;
}

/**
 * Takes a batch prediction on SageMaker one step further: asks for its transform job, or waits for it, or stores what it
 * predicted. SageMaker itself says which step is next, so that a step which a crash cut short is taken again.
 */
export async function advancePrediction(
  prediction: Prediction,
  order: PredictionOrder,
  deps: Deps,
  watch: JobWatch,
): Promise<Advanced> {
  try {
    return await step(prediction, order, await deps.remote.open(), deps, watch);
  } catch (error) {
    const refusal = finalRefusal(error);
    if (refusal !== undefined) return refused(refusal.code, refusal.message);
    if (watch.cancelled()) return { kind: 'cancelled' };
    throw error;
  }
}

async function step(
  prediction: Prediction,
  order: PredictionOrder,
  remote: Remote,
  deps: Deps,
  watch: JobWatch,
): Promise<Advanced> {
  const { config } = deps;
  const state = await remote.sagemaker.describeTransform(jobName(prediction.jobId));
  switch (state.kind) {
    case 'absent': {
      const submitted = await submitTransform(prediction.jobId, order, remote, deps, watch);
      if (submitted.kind === 'refused') return submitted;
      if (submitted.kind === 'submitted') return waitsForJob('Starting', config.SAGEMAKER_POLL_SECONDS);
      return later(submitted, prediction, deps);
    }
    case 'running':
      return waitsForJob('Training', config.SAGEMAKER_POLL_SECONDS);
    case 'busy':
      return later(state, prediction, deps);
    case 'completed':
      return await collect(prediction, order, remote, deps, watch);
    case 'failed':
      return refused('sagemaker-failed', state.reason);
    case 'stopped':
      return refused('sagemaker-stopped', 'Somebody stopped the transform job.');
  }
}

function later({ reason }: Busy, { startedAt }: Prediction, { config, now }: Deps): Advanced {
  const pace = {
    pollSeconds: config.SAGEMAKER_POLL_SECONDS,
    // Its job may be running: it is given up only when that must have ended.
    patienceSeconds: config.SAGEMAKER_PATIENCE_SECONDS + config.SAGEMAKER_MAX_RUNTIME_SECONDS,
  };
  return waitsForRoom(now() - startedAt, pace) ?? refused('sagemaker-busy', reason);
}

async function collect(
  { jobId }: Prediction,
  order: PredictionOrder,
  { sagemaker, store }: Remote,
  deps: Deps,
  watch: JobWatch,
): Promise<Advanced> {
  await using predicted = await store.localCopy(transformPlaces(order.tenantId, jobId).predicted);
  const written = await writePredictions({ ...order, predicted: predicted.path }, deps, watch);
  // It costs nothing, and nobody asks for it again.
  if (written.kind === 'written') await sagemaker.deleteModel(jobName(jobId));
  return written;
}

function refused(code: string, detail: string): Extract<WrittenPredictions, { kind: 'refused' }> {
  return { kind: 'refused', code, detail };
}
