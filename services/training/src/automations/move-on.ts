import { emit, flow, openJobStatuses, type RunRequest, type StepKind } from '@bellwether/contracts';
import { getJob, type JobTable, type Tx, updateOpenJob } from '@bellwether/database';
import type { Deps } from '../deps.ts';
import { endRun } from './end-run.ts';
import { type DoneStep, nextOrder, type Order, resultOf } from './next-order.ts';

/** The steps of a run so far, in its job's row; the last is under way or has just ended. */
export interface RunPlan {
  readonly steps: readonly { readonly kind: StepKind; readonly jobId: string }[];
}

/**
 * Moves a run on: orders its next step when the one before has succeeded, and ends it with the last, or with the first
 * that did not succeed. Asked too early or once more, it changes nothing.
 *
 * @param run its locked row, open
 */
export async function moveOn(tx: Tx, run: JobTable, { newId, now }: Pick<Deps, 'newId' | 'now'>) {
  const plan: RunPlan = run.plan === null ? { steps: [] } : JSON.parse(run.plan);
  if (run.dataset_id === null) return await fail(tx, run, noDataset(run), now());
  const done: DoneStep[] = [];
  for (const { kind, jobId } of plan.steps) {
    const job = await getJob(tx, jobId);
    if (job === undefined || (openJobStatuses as readonly string[]).includes(job.status)) return [];
    if (job.status !== 'succeeded') return await fail(tx, run, failureOf(kind, job), now());
    done.push({ kind, jobId, result: JSON.parse(job.result ?? '{}') });
  }
  const { then } = JSON.parse(run.request) as RunRequest;
  const order = nextOrder(then, done, run.dataset_id);
  if (order === undefined)
    return await endRun(tx, run.id, { status: 'succeeded', result: resultOf(then, done) }, now());
  const jobId = newId('job');
  await updateOpenJob(tx, run.id, {
    status: 'running',
    started_at: run.started_at ?? now(),
    progress: done.length / then.length,
    plan: JSON.stringify({ steps: [...plan.steps, { kind: order.kind, jobId }] } satisfies RunPlan),
  });
  return [messageOf(order, jobId, run.id)];
}

/** Its id is the run's and the step's: however often this is decided, the step is ordered once. */
function messageOf({ kind, datasetId }: Order, jobId: string, runId: string) {
  const body = { jobId, runId, ...(datasetId === undefined ? {} : { datasetId }) };
  const options = { jobId: runId, id: `${runId}:${kind}` };
  if (kind === 'enrich') return emit(flow.enrichmentOrdered, body, options);
  if (kind === 'train') return emit(flow.trainingOrdered, body, options);
  return emit(flow.predictionOrdered, body, options);
}

interface Failure {
  readonly code: string;
  readonly detail: string;
}

const fail = (tx: Tx, { id }: JobTable, failure: Failure, now: number) =>
  endRun(tx, id, { status: 'failed', ...failure }, now);

function failureOf(kind: StepKind, { id, status, error_code, error_detail }: JobTable): Failure {
  if (status === 'cancelled') return { code: 'step-cancelled', detail: `Its step ${kind}, job ${id}, was cancelled.` };
  return { code: error_code ?? 'step-failed', detail: `Its step ${kind}, job ${id}, failed: ${error_detail}` };
}

function noDataset({ request }: JobTable): Failure {
  const { when } = JSON.parse(request) as RunRequest;
  return { code: 'dataset-not-found', detail: `There was no uploaded dataset ${when.dataset} that is ready.` };
}
