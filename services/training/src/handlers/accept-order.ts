import { emit, flow, Problem, type RunRequest } from '@bellwether/contracts';
import { findDataset, insertRefusedStep, lockOpenRun, openSteps } from '@bellwether/database';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptTraining } from '../jobs/accept-training.ts';
import { endJob } from '../jobs/end-job.ts';

/** A run came to its training: accept it as a job, or end that job with the reason why it cannot be. */
export const acceptOrder: Handler<'training', typeof flow.trainingOrdered, Deps> = async ({ body, tenantId }, deps) => {
  const { jobId, runId, datasetId = '' } = body;
  return async (tx) => {
    const run = await lockOpenRun(tx, runId);
    if (run === undefined) return [];
    try {
      const { then } = JSON.parse(run.request) as RunRequest;
      const step = then.find(({ kind }) => kind === 'train');
      const dataset = await findDataset(tx, tenantId, datasetId);
      if (step?.kind !== 'train' || dataset === undefined) {
        throw new Problem(404, 'dataset-not-found', `Dataset ${datasetId} was deleted.`);
      }
      const { kind: _, model, ...asked } = step;
      const accepted = acceptTraining(
        { tenantId, model, dataset, request: { ...asked, datasetId }, step: { jobId, runId } },
        deps,
      );
      return (await accepted(tx)).messages;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const refused = { id: jobId, tenant_id: tenantId, kind: 'training', runId } as const;
      const { code, message: detail } = error;
      const ended = await insertRefusedStep(tx, { ...refused, code, detail }, deps.now());
      return [emit(flow.trainingFinished, ended, { jobId, id: `${jobId}:finished` })];
    }
  };
};

/** A run ended: of one that failed or was cancelled, the training that is under way ends too. */
export const cancelStep: Handler<'training', typeof flow.automationFinished, Deps> = async ({ body }, { now }) => {
  const end = { status: 'cancelled', code: 'cancelled', detail: `Run ${body.jobId} of its automation ended.` } as const;
  return async (tx) => {
    const ends = [];
    for (const job of await openSteps(tx, body.jobId, 'training')) ends.push(...(await endJob(tx, job, end, now())));
    return ends;
  };
};
