import { emit, flow, type MetricName } from '@bellwether/contracts';
import { type JobTable, lockModel, promote, type TrialTable, type Tx, trialsOf } from '@bellwether/database';
import { metricSpecs } from '@bellwether/learning';
import { type Contender, chooseChampion } from '../domain/choose-champion.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { endJob } from './end-job.ts';
import { raiseProgress } from './raise-progress.ts';

/**
 * Chooses the champion and ends the job when its last trial has ended; before that it raises its progress.
 *
 * @param job its locked row: of two last trials at once, the second sees the end of the first
 * @param now milliseconds since the epoch
 */
export async function concludeJob(tx: Tx, job: JobTable, now: number) {
  if (job.plan === null || job.status !== 'running') return [];
  const counts = await raiseProgress(tx, job);
  if (counts.ended < counts.all) return [];
  const trials = await trialsOf(tx, job.id);
  if (!trials.some(({ kind, status }) => kind === 'candidate' && status === 'succeeded')) {
    const detail = failures(trials)
      .map(({ algorithm, error }) => `${algorithm}: ${error}`)
      .join('; ');
    return await endJob(tx, job, { status: 'failed', code: 'all-trials-failed', detail }, now);
  }
  return await succeed(tx, job, trials, now);
}

async function succeed(tx: Tx, job: JobTable, trials: readonly TrialTable[], now: number) {
  const plan = JSON.parse(job.plan ?? '{}') as TrainingPlan;
  const model = await lockModel(tx, job.tenant_id, job.model ?? '', now);
  const contenders = trials.flatMap(contenderOf);
  const evaluation = trials.find(({ kind }) => kind === 'champion');
  const throne = {
    present: model.champion_version ?? undefined,
    evaluated: evaluation?.version ?? undefined,
    error: evaluation?.error ?? undefined,
  };
  const { greaterIsBetter } = metricSpecs[plan.metric as MetricName];
  const choice = chooseChampion(contenders, throne, { name: plan.metric, greaterIsBetter });
  const { name, revision } = model;
  const promoted =
    choice.promote !== undefined &&
    (await promote(tx, { tenantId: job.tenant_id, name, revision }, choice.promote, now));
  const result = {
    task: plan.task,
    taskReason: plan.taskReason,
    metric: plan.metric,
    champion: promoted ? choice.promote : model.champion_version,
    promoted,
    reason: choice.reason,
    versions: contenders.flatMap(({ kind, version }) => (kind === 'candidate' ? [version] : [])),
    failed: failures(trials),
  };
  const ended = await endJob(tx, job, { status: 'succeeded', result }, now);
  if (!promoted || choice.promote === undefined) return ended;
  const body = { model: name, version: choice.promote, revision: revision + 1, reason: choice.reason };
  return [...ended, emit(flow.championPromoted, body, { jobId: job.id, id: `${job.id}:promoted` })];
}

function failures(trials: readonly TrialTable[]) {
  return trials.flatMap(({ algorithm, error }) => (error === null ? [] : [{ algorithm, error }]));
}

function contenderOf({ status, version, kind, algorithm, score, position }: TrialTable): Contender[] {
  if (status !== 'succeeded' || version === null || score === null) return [];
  return [{ version, kind, algorithm, score, position }];
}
