import type { ForecastJobProgress } from '@bellwether/contracts';
import type { JobTable, PartEnd } from '@bellwether/database';
import type { ChildWatch } from '@bellwether/platform';
import {
  type Busy,
  finalRefusal,
  jobName,
  type TransformState,
  uriOf,
  type Waits,
  waitsForRoom,
} from '@bellwether/sagemaker';
import { automlPlaces } from '@bellwether/sagemaker/automl';
import type { Remote } from '@bellwether/sagemaker/remote';
import type { Deps } from '../../deps.ts';
import { readManaged } from './managed-forecaster.ts';
import { runCollect } from './run-collect.ts';

export type Advanced = { readonly kind: 'ended'; readonly end: PartEnd } | Waits;

/**
 * Takes the forecasts of AutoML's model one step further: makes the model and asks for its transform job, or waits for
 * it, or stores what it forecast. SageMaker itself says which step is next, so that a step which a crash cut short is
 * taken again.
 */
export async function advanceForecasts(
  job: JobTable,
  artifactKey: string,
  deps: Deps,
  watch: ChildWatch,
): Promise<Advanced> {
  try {
    const remote = await deps.remote.open();
    const state = await remote.sagemaker.describeTransform(jobName(job.id));
    return await next(state, { job, artifactKey, remote, deps, watch });
  } catch (error) {
    const refusal = finalRefusal(error);
    if (refusal !== undefined) return failed(refusal.code, refusal.message);
    throw error;
  }
}

interface Step {
  readonly job: JobTable;
  readonly artifactKey: string;
  readonly remote: Remote;
  readonly deps: Deps;
  readonly watch: ChildWatch;
}

async function next(state: TransformState | Busy, { job, artifactKey, remote, deps, watch }: Step): Promise<Advanced> {
  const { sagemaker } = remote;
  const later = (reason: string) => waitsForForecasts(job, deps) ?? failed('sagemaker-busy', reason);
  switch (state.kind) {
    case 'absent': {
      const busy = await start(job, artifactKey, remote, deps);
      if (busy !== undefined) return later(busy.reason);
      return { kind: 'waits', delaySeconds: deps.config.SAGEMAKER_POLL_SECONDS, progress: 0 };
    }
    case 'running': {
      const waits = waitsForForecasts(job, deps);
      if (waits !== undefined) return waits;
      await sagemaker.stopTransform(jobName(job.id));
      return failed('sagemaker-deadline', 'The transform job runs longer than any may.');
    }
    case 'busy':
      return later(state.reason);
    case 'completed': {
      const end = await runCollect(job, await readManaged(artifactKey, deps), remote.store, deps, watch);
      // It costs nothing, and nobody asks for it again.
      if (end.status === 'succeeded') await sagemaker.deleteModel(jobName(job.id));
      return { kind: 'ended', end };
    }
    case 'failed':
      return failed('sagemaker-failed', state.reason);
    case 'stopped':
      return failed('sagemaker-stopped', 'Somebody stopped the transform job.');
  }
}

/** Makes the model and asks for its forecasts, which may both be there already; what is busy where it is. */
async function start(job: JobTable, artifactKey: string, remote: Remote, deps: Deps): Promise<Busy | undefined> {
  const { sagemaker, bucket } = remote;
  const { containers } = await readManaged(artifactKey, deps);
  const name = jobName(job.id);
  const made = await sagemaker.createCandidateModel({ name, containers });
  if (made.kind === 'busy') return made;
  const places = automlPlaces(job.tenant_id, job.id);
  const [input, output] = [uriOf(bucket, places.runs), uriOf(bucket, places.forecasts)];
  const asked = await sagemaker.startTransform({ name, model: name, input, output, whole: true });
  return asked.kind === 'busy' ? asked : undefined;
}

/** Until when they are looked at again, later and later; undefined when they have had all the time that they may take. */
export function waitsForForecasts(job: JobTable, { config, now }: Pick<Deps, 'config' | 'now'>): Waits | undefined {
  const { began } = JSON.parse(job.result ?? '{}') as Partial<ForecastJobProgress>;
  const patienceSeconds = config.SAGEMAKER_PATIENCE_SECONDS + config.SAGEMAKER_MAX_RUNTIME_SECONDS;
  const waited = now() - (began?.forecast ?? job.created_at);
  return waitsForRoom(waited, { pollSeconds: config.SAGEMAKER_POLL_SECONDS, patienceSeconds });
}

function failed(code: string, detail: string): Advanced {
  return { kind: 'ended', end: { status: 'failed', error_code: code, error_detail: detail } };
}
