import type { JobTable, PartEnd } from '@bellwether/database';
import type { ChildWatch } from '@bellwether/platform';
import {
  type AutoMlCandidate,
  type AutoMlState,
  automlName,
  type Busy,
  finalRefusal,
  uriOf,
  type Waits,
  waitsForRoom,
} from '@bellwether/sagemaker';
import {
  automlColumns,
  automlPlaces,
  automlQuantile,
  type ManagedForecaster,
  type PreparedForecast,
} from '@bellwether/sagemaker/automl';
import type { Remote } from '@bellwether/sagemaker/remote';
import type { Deps } from '../../deps.ts';
import { forecasterPrefix } from '../keys.ts';
import { readPanel } from '../panel.ts';
import { managedOf, waitsSince } from './managed-job.ts';
import { managedNotes } from './managed-notes.ts';
import { prepareForecast, readPrepared } from './prepare-forecast.ts';

export type Advanced = { readonly kind: 'ended'; readonly end: PartEnd } | Waits;

/**
 * Takes a forecaster of AutoML one step further: writes its tables and asks for its job, or waits for it, or stores what
 * it found. SageMaker itself says which step is next, so that a step which a crash cut short is taken again.
 */
export async function advanceManaged(
  job: JobTable,
  panelKey: string,
  deps: Deps,
  watch: ChildWatch,
): Promise<Advanced> {
  try {
    const remote = await deps.remote.open();
    const state = await remote.sagemaker.describeAutoMl(automlName(job.id));
    return await next(state, { job, panelKey, remote, deps, watch });
  } catch (error) {
    const refusal = finalRefusal(error);
    if (refusal !== undefined) return failed(refusal.code, refusal.message);
    throw error;
  }
}

interface Step {
  readonly job: JobTable;
  readonly panelKey: string;
  readonly remote: Remote;
  readonly deps: Deps;
  readonly watch: ChildWatch;
}

async function next(state: AutoMlState | Busy, step: Step): Promise<Advanced> {
  const { job, deps, remote } = step;
  switch (state.kind) {
    case 'absent':
      return await start(step);
    case 'running': {
      const waits = waitsForAutoMl(job, deps);
      if (waits !== undefined) return waits;
      await remote.sagemaker.stopAutoMl(automlName(job.id));
      return failed(
        'sagemaker-deadline',
        `The AutoML job is still in ${state.status}, long after it was to be stopped.`,
      );
    }
    case 'busy':
      return waitsForAutoMl(job, deps) ?? failed('sagemaker-busy', state.reason);
    case 'completed':
      return await collect(state.candidate, step);
    case 'failed':
      return failed('sagemaker-failed', state.reason);
    case 'stopped':
      return failed('sagemaker-stopped', `The AutoML job was stopped: ${state.reason}.`);
  }
}

/**
 * Until when it is looked at again: later and later, since the job takes an hour. Undefined when it has had the time that
 * it may take, and that for which room is waited.
 */
export function waitsForAutoMl(job: JobTable, { config, now }: Pick<Deps, 'config' | 'now'>): Waits | undefined {
  const patienceSeconds = config.SAGEMAKER_PATIENCE_SECONDS + config.SAGEMAKER_MAX_RUNTIME_SECONDS;
  return waitsForRoom(now() - waitsSince(job), { pollSeconds: config.SAGEMAKER_POLL_SECONDS, patienceSeconds });
}

async function start({ job, panelKey, remote, deps, watch }: Step): Promise<Advanced> {
  const made = await prepareForecast(job, panelKey, remote.store, deps, watch);
  if (made.kind === 'refused') return failed(made.code, made.detail);
  const asked = await remote.sagemaker.startAutoMl(orderOf(job, made.prepared, remote.bucket));
  const { config, log, now } = deps;
  if (asked.kind === 'started') return { kind: 'waits', delaySeconds: config.SAGEMAKER_POLL_SECONDS, progress: 0 };
  const pace = { pollSeconds: config.SAGEMAKER_POLL_SECONDS, patienceSeconds: config.SAGEMAKER_PATIENCE_SECONDS };
  const waits = waitsForRoom(now() - waitsSince(job), pace);
  if (waits === undefined) return failed('sagemaker-busy', asked.reason);
  log.warn(
    { job: job.id, reason: asked.reason, seconds: waits.delaySeconds },
    'SageMaker is busy: the forecaster waits',
  );
  return waits;
}

function orderOf(job: JobTable, { frequency, horizon, quantiles, filling }: PreparedForecast, bucket: string) {
  const places = automlPlaces(job.tenant_id, job.id);
  const algorithms = managedOf(job)?.algorithms;
  return {
    name: automlName(job.id),
    input: uriOf(bucket, places.train),
    output: uriOf(bucket, places.models),
    frequency,
    horizon,
    // Checked at acceptance.
    quantiles: quantiles.flatMap((level) => automlQuantile(level) ?? []),
    columns: automlColumns,
    filling,
    ...(algorithms === undefined ? {} : { algorithms }),
  };
}

/** Stores what a model is made of; the model itself is made where forecasts are. */
async function collect(candidate: AutoMlCandidate, { job, panelKey, remote, deps }: Step): Promise<Advanced> {
  const prepared = await readPrepared(job, remote.store);
  const { plan } = await readPanel(panelKey, deps);
  const found: ManagedForecaster = {
    panelKey,
    candidate: candidate.name,
    containers: candidate.containers,
    notes: managedNotes(candidate, prepared, plan.windows),
  };
  const key = `${forecasterPrefix(job.tenant_id, job.id)}${deps.newId('at')}.json`;
  await deps.store.put(key, new TextEncoder().encode(JSON.stringify(found)), { contentType: 'application/json' });
  return { kind: 'ended', end: { status: 'succeeded', output_key: key } };
}

function failed(code: string, detail: string): Advanced {
  return { kind: 'ended', end: { status: 'failed', error_code: code, error_detail: detail } };
}
