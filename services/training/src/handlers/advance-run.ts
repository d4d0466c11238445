import type { flow } from '@bellwether/contracts';
import { getJob, lockOpenRun, type Tx } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import { endRun } from '../automations/end-run.ts';
import { moveOn } from '../automations/move-on.ts';
import type { Deps } from '../deps.ts';

async function advance(tx: Tx, runId: string, deps: Deps) {
  const run = await lockOpenRun(tx, runId);
  return run === undefined ? [] : await moveOn(tx, run, deps);
}

/** What an automation waited for has happened: order the first step. */
export const startRun: Handler<'training', typeof flow.automationTriggered, Deps> = async ({ body }, deps) => {
  return async (tx) => await advance(tx, body.jobId, deps);
};

type JobFinished = typeof flow.enrichmentFinished | typeof flow.trainingFinished | typeof flow.predictionFinished;

/** A job ended: if it was a step of a run, order the next one, or end the run. */
export const advanceRun: Handler<'training', JobFinished, Deps> = async ({ body }, deps) => {
  return async (tx) => {
    const job = await getJob(tx, body.jobId);
    return job?.parent_id == null ? [] : await advance(tx, job.parent_id, deps);
  };
};

/** A run could not even be begun: it fails with the reason of the last attempt. */
export const failRun: Handler<'training', typeof flow.automationFailed, Deps> = async ({ body }, { now }) => {
  const detail = body.reasons.at(-1) ?? 'no reason was recorded';
  return async (tx) => await endRun(tx, body.jobId, { status: 'failed', code: 'automation-failed', detail }, now());
};
