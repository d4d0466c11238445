import { emit, flow } from '@bellwether/contracts';
import { type JobTable, lockModel, promote, type TrialTable, type Tx, trialsOf } from '@bellwether/database';
import { metricSpecs } from '@bellwether/learning';
import type { Deps } from '../deps.ts';
import { type Contender, chooseChampion } from '../domain/choose-champion.ts';
import { deadlineOf } from '../domain/deadline.ts';
import { planRound } from '../domain/plan-round.ts';
import type { TrainingPlan } from '../domain/plan-training.ts';
import { askForTrials } from './ask-for-trials.ts';
import { endJob } from './end-job.ts';
import { endedTrial, validationOf } from './ended-trial.ts';
import { evaluationOfChampion } from './present-champion.ts';
import { raiseProgress } from './raise-progress.ts';

/**
 * When the last trial of a round has ended, asks for the next round; after the last round chooses the champion and ends
 * the job; before that raises the job's progress.
 *
 * @param job its locked row: of two last trials at once, the second sees the end of the first
 */
export async function concludeJob(tx: Tx, job: JobTable, deps: Pick<Deps, 'now' | 'newId'>) {
  if (job.plan === null || job.status !== 'running') return [];
  const now = deps.now();
  const counts = await raiseProgress(tx, job, now);
  if (counts.ended < counts.all) return [];
  const plan = JSON.parse(job.plan) as TrainingPlan;
  const trials = await trialsOf(tx, job.id);
  const next = now < deadlineOf(plan, job.started_at) ? planRound(plan, trials.map(endedTrial)) : [];
  if (next.length > 0) return await askForTrials(tx, job, next, trials.length, deps);
  if (!trials.some(({ kind, status }) => kind === 'candidate' && status === 'succeeded')) {
    const detail = failures(trials)
      .map(({ algorithm, error }) => `${algorithm}: ${error}`)
      .join('; ');
    return await endJob(tx, job, { status: 'failed', code: 'all-trials-failed', detail }, now);
  }
  return await crown(tx, job, plan, trials, deps);
}

/** Chooses the champion; one that another job or a person made meanwhile is evaluated on the same rows first. */
async function crown(
  tx: Tx,
  job: JobTable,
  plan: TrainingPlan,
  trials: readonly TrialTable[],
  deps: Pick<Deps, 'now' | 'newId'>,
) {
  const now = deps.now();
  // Locked before the look at the champion, or two first jobs of a model would each promote theirs unseen.
  const model = await lockModel(tx, job.tenant_id, job.model ?? '', now);
  const evaluation = trials.find(({ kind, version }) => kind === 'champion' && version === model.champion_version);
  if (evaluation === undefined) {
    const late = await evaluationOfChampion(tx, job);
    if (late.length > 0) return await askForTrials(tx, job, late, trials.length, deps);
  }
  const contenders = trials.flatMap(contenderOf(plan));
  const throne = { present: model.champion_version ?? undefined, error: evaluation?.error ?? undefined };
  const { greaterIsBetter } = metricSpecs[plan.metric];
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
    trials: countsOf(trials),
    failed: failures(trials),
  };
  const ended = await endJob(tx, job, { status: 'succeeded', result }, now);
  if (!promoted || choice.promote === undefined) return ended;
  const body = { model: name, version: choice.promote, revision: revision + 1, reason: choice.reason };
  return [...ended, emit(flow.championPromoted, body, { jobId: job.id, id: `${job.id}:promoted` })];
}

function countsOf(trials: readonly TrialTable[]) {
  const own = trials.filter(({ kind }) => kind === 'candidate');
  const count = (of: TrialTable['status']) => own.filter(({ status }) => status === of).length;
  return { succeeded: count('succeeded'), pruned: count('pruned'), failed: count('failed') };
}

function failures(trials: readonly TrialTable[]) {
  return trials.flatMap(({ algorithm, error, status }) =>
    error === null || status === 'pruned' ? [] : [{ algorithm, error }],
  );
}

function contenderOf({ metric }: TrainingPlan) {
  return (trial: TrialTable): Contender[] => {
    const { status, version, kind, algorithm, metrics, position } = trial;
    if (status !== 'succeeded' || version === null || metrics === null) return [];
    const test = (JSON.parse(metrics) as Partial<Record<string, number>>)[metric];
    if (test === undefined) return [];
    const validation = validationOf(trial).metrics[metric];
    return [{ version, kind, algorithm, position, test, ...(validation === undefined ? {} : { validation }) }];
  };
}
