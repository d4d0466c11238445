import type { JobWatchOptions } from '@bellwether/platform';
import {
  type Busy,
  finalRefusal,
  jobName,
  keyOf,
  type TrainingState,
  uriOf,
  type Waits,
  waitsForJob,
  waitsForRoom,
} from '@bellwether/sagemaker';
import type { Remote } from '@bellwether/sagemaker/remote';
import type { Deps } from '../../deps.ts';
import { runTrialTask, type TrialOrder, type TrialOutcome } from '../../local/run-trial-task.ts';
import { placesOf } from './places.ts';
import { preparedTrial } from './prepared-trial.ts';

type Advanced = TrialOutcome | Waits;

/**
 * Takes a trial on SageMaker one step further: asks for its job, or waits for it, or makes a model of what it learned.
 * SageMaker itself says which step is next, so that a step which a crash cut short is taken again.
 */
export async function advanceTrial(order: TrialOrder, deps: Deps, watch: JobWatchOptions): Promise<Advanced> {
  try {
    const remote = await deps.remote.open();
    const state = await remote.sagemaker.describeTraining(jobName(order.trial.id));
    return await next(state, { order, remote, deps, watch });
  } catch (error) {
    const refusal = finalRefusal(error);
    if (refusal !== undefined) return refused(`${refusal.code}: ${refusal.message}`);
    throw error;
  }
}

interface Step {
  readonly order: TrialOrder;
  readonly remote: Remote;
  readonly deps: Deps;
  readonly watch: JobWatchOptions;
}

async function next(state: TrainingState | Busy, step: Step): Promise<Advanced> {
  const { config } = step.deps;
  switch (state.kind) {
    case 'absent':
      return await start(step);
    case 'running':
      return waitsForJob(state.status, config.SAGEMAKER_POLL_SECONDS);
    case 'busy':
      // Its job may be running, so that it is given up only when that must have ended.
      return laterOr(state, step, config.SAGEMAKER_PATIENCE_SECONDS + config.SAGEMAKER_MAX_RUNTIME_SECONDS);
    case 'completed':
      return await collect(state.artifact, step);
    case 'failed':
      return refused(`sagemaker-failed: ${state.reason}`);
    case 'stopped':
      return refused(`sagemaker-stopped: ${state.reason}`);
  }
}

/** Writes what the job needs, unless an earlier attempt has, and asks for it. */
async function start(step: Step): Promise<Advanced> {
  const { order, remote, deps, watch } = step;
  const prepared = await preparedTrial(order, remote.store, deps, watch.signal);
  if (prepared.kind === 'refused') return prepared;
  const places = placesOf(order.tenantId, order.trial.id);
  const uri = (key: string) => uriOf(remote.bucket, key);
  const started = await remote.sagemaker.startTraining({
    name: jobName(order.trial.id),
    hyperparameters: prepared.order,
    channels: {
      train: uri(places.train),
      ...(prepared.validationRows === 0 ? {} : { validation: uri(places.validation) }),
    },
    output: uri(places.output),
  });
  if (started.kind === 'started') return waitsForJob('Starting', deps.config.SAGEMAKER_POLL_SECONDS);
  return laterOr(started, step, deps.config.SAGEMAKER_PATIENCE_SECONDS);
}

function laterOr({ reason }: Busy, { order, deps }: Step, patienceSeconds: number): Advanced {
  const { config, now } = deps;
  const waited = now() - (order.trial.started_at ?? now());
  const pace = { pollSeconds: config.SAGEMAKER_POLL_SECONDS, patienceSeconds };
  const waits = waitsForRoom(waited, pace);
  if (waits === undefined) return refused(`sagemaker-busy: ${reason}`);
  deps.log.warn({ trial: order.trial.id, reason, seconds: waits.delaySeconds }, 'SageMaker is busy: the trial waits');
  return waits;
}

/** Scores what the job learned on this side's rows and stores it as an artifact like any other. */
async function collect(artifact: string, { order, remote, deps, watch }: Step): Promise<Advanced> {
  const places = placesOf(order.tenantId, order.trial.id);
  const key = keyOf(remote.bucket, artifact);
  if (key === undefined) return refused(`sagemaker-artifact: ${artifact} is not in the bucket ${remote.bucket}`);
  await using prepared = await remote.store.localCopy(places.prepared);
  await using model = await remote.store.localCopy(key);
  const learned = { prepared: prepared.path, model: model.path };
  const outcome = await runTrialTask({ ...order, learned }, deps, watch);
  if (outcome.kind !== 'succeeded') return outcome;
  return { ...outcome, duration: (deps.now() - (order.trial.started_at ?? deps.now())) / 1000 };
}

function refused(reason: string): Extract<TrialOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason };
}
