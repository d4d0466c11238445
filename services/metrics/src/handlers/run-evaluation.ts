import type { flow } from '@bellwether/contracts';
import {
  type EvaluationTable,
  getJob,
  insertEvaluation,
  isJobOpen,
  type JobTable,
  lockJob,
  updateOpenJob,
} from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import type { EvaluationPlan } from '../domain/evaluation-plan.ts';
import { type EvaluationOutcome, evaluateTables } from '../evaluation/evaluate-tables.ts';
import { endJob } from '../jobs/end-job.ts';
import { recordEvent } from './record-event.ts';

/** An evaluation was accepted: compare, keep the scores, and end the job. Also the first line of its timeline. */
export const runEvaluation: Handler<'metrics', typeof flow.evaluationRequested, Deps> = async (
  message,
  deps,
  { signal },
) => {
  const { database, now } = deps;
  const record = await recordEvent(message);
  const job = await getJob(database.read, message.body.jobId);
  if (job?.plan == null || !(await isJobOpen(database.read, job.id))) return record;
  const plan = JSON.parse(job.plan) as EvaluationPlan;
  const started = { status: 'running', started_at: job.started_at ?? now() } as const;
  await database.transact((tx) => updateOpenJob(tx, job.id, started));
  const outcome = await evaluateTables(job, plan, deps, signal);

  return async (tx) => {
    await record(tx);
    if (outcome.kind === 'cancelled') return [];
    if (outcome.kind === 'refused') {
      return await endJob(tx, job.id, { status: 'failed', code: outcome.code, detail: outcome.detail }, now());
    }
    const { evaluationId, task } = plan;
    const { rows, metrics } = outcome;
    const result = { evaluationId, task, rows, metrics };
    const messages = await endJob(tx, job.id, { status: 'succeeded', result }, now());
    if (messages.length > 0) await insertEvaluation(tx, rowOf(job, plan, outcome, now()));
    return messages;
  };
};

/** An evaluation died: its job fails with the reason of the last attempt. */
export const failEvaluation: Handler<'metrics', typeof flow.evaluationFailed, Deps> = async ({ body }, { now }) => {
  const detail = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => {
    if ((await lockJob(tx, body.jobId)) === undefined) return [];
    return await endJob(tx, body.jobId, { status: 'failed', code: 'evaluation-failed', detail }, now());
  };
};

/** Somebody asked for a job to stop: a line of its timeline, and the end of an evaluation. */
export const cancelEvaluation: Handler<'metrics', typeof flow.cancelRequested, Deps> = async (message, { now }) => {
  const record = await recordEvent(message);
  const end = { status: 'cancelled', code: 'cancelled', detail: 'Cancelled on request.' } as const;
  return async (tx) => {
    await record(tx);
    return message.body.kind === 'evaluation' ? await endJob(tx, message.body.jobId, end, now()) : [];
  };
};

function rowOf(
  job: JobTable,
  plan: EvaluationPlan,
  { rows, metrics }: Extract<EvaluationOutcome, { kind: 'evaluated' }>,
  now: number,
): EvaluationTable {
  return {
    id: plan.evaluationId,
    tenant_id: job.tenant_id,
    job_id: job.id,
    predictions_id: plan.predictionsId,
    actuals_id: plan.actualsId,
    task: plan.task,
    actual_column: plan.column,
    prediction_column: plan.predictionColumn,
    row_id: plan.rowId ?? null,
    row_count: rows,
    metrics: JSON.stringify(metrics),
    model: plan.model ?? null,
    version: plan.version ?? null,
    created_at: now,
  };
}
