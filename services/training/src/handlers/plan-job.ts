import type { flow } from '@bellwether/contracts';
import type { Handler } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { planTrials } from '../jobs/plan-trials.ts';

/** A training job was accepted: plan its trials and ask for each, or wait until its dataset is ready. */
export const planJob: Handler<'training', typeof flow.trainingRequested, Deps> = async ({ body }, deps) => {
  return async (tx) => await planTrials(tx, body.jobId, deps);
};
