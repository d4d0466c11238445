import { emit, flow, type MetricName } from '@bellwether/contracts';
import { type JobTable, lockJob, lockModel, promote, type TrialTable, type Tx, trialsOf } from '@bellwether/database';
import { metricSpecs } from '@bellwether/learning';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { type Contender, chooseChampion } from '../domain/choose-champion.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { endJob } from '../jobs/end-job.ts';
import { raiseProgress } from '../jobs/raise-progress.ts';

/** A trial ended: when it was the last one, choose the champion and end the job. */
export const finishJob: Handler<'training', typeof flow.trialFinished, Deps> = async ({ body }, { now }) => {
  return async (tx) => {
    // The lock first: of two last trials at once, the second sees the end of the first.
    const job = await lockJob(tx, body.jobId);
    if (job?.plan == null) return [];
    const counts = await raiseProgress(tx, job);
    if (counts.ended < counts.all || job.status !== 'running') return [];
    return await conclude(tx, job, await trialsOf(tx, job.id), now());
  };
};

async function conclude(tx: Tx, job: JobTable, trials: readonly TrialTable[], now: number) {
  const plan = JSON.parse(job.plan ?? '{}') as TrainingPlan;
  const contenders = trials.flatMap(contenderOf);
  if (!contenders.some(({ kind }) => kind === 'candidate')) {
    const reasons = trials.flatMap(({ algorithm, error }) => (error === null ? [] : [`${algorithm}: ${error}`]));
    return await endJob(tx, job, { status: 'failed', code: 'all-trials-failed', detail: reasons.join('; ') }, now);
  }
  const model = await lockModel(tx, job.tenant_id, job.model ?? '', now);
  const metric = { name: plan.metric, greaterIsBetter: metricSpecs[plan.metric as MetricName].greaterIsBetter };
  const choice = chooseChampion(contenders, model.champion_version ?? undefined, metric);
  const evaluated = trials.find(({ kind }) => kind === 'champion')?.version ?? null;
  // Somebody promoted another version while the trials ran: theirs was a decision, ours would be a guess.
  const overtaken = evaluated !== model.champion_version;
  const promoted =
    choice.promote !== undefined &&
    !overtaken &&
    (await promote(tx, { tenantId: job.tenant_id, name: model.name, revision: model.revision }, choice.promote, now));
  const reason = overtaken ? `version ${model.champion_version} was promoted while this job ran` : choice.reason;
  const result = {
    task: plan.task,
    taskReason: plan.taskReason,
    metric: plan.metric,
    champion: promoted ? choice.promote : model.champion_version,
    promoted,
    reason,
    versions: contenders.flatMap(({ kind, version }) => (kind === 'candidate' ? [version] : [])),
    failed: trials.flatMap(({ algorithm, error }) => (error === null ? [] : [{ algorithm, error }])),
  };
  const ended = await endJob(tx, job, { status: 'succeeded', result }, now);
  if (!promoted || choice.promote === undefined) return ended;
  const body = { model: model.name, version: choice.promote, revision: model.revision + 1, reason };
  return [...ended, emit(flow.championPromoted, body, { jobId: job.id, id: `${job.id}:promoted` })];
}

function contenderOf({ status, version, kind, algorithm, score, position }: TrialTable): Contender[] {
  if (status !== 'succeeded' || version === null || score === null) return [];
  return [{ version, kind, algorithm, score, position }];
}
