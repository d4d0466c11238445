import type { flow } from '@bellwether/contracts';
import type { Handler } from '@bellwether/platform';
import { beginByDataset } from '../automations/begin-by-dataset.ts';
import type { Deps } from '../deps.ts';
import { resumeWaitingJobs } from './resume-waiting-jobs.ts';

/** A dataset is ready: the jobs that waited for it are asked for again, and automations of its name begin. */
export const takeDataset: Handler<'training', typeof flow.datasetReady, Deps> = async (message, deps, delivery) => {
  const resume = await resumeWaitingJobs(message, deps, delivery);
  const { tenantId, body } = message;
  return async (tx) => [...(await resume(tx)), ...(await beginByDataset(tx, tenantId, body.datasetId, deps))];
};
