import { inventoryJob, Problem } from '@bellwether/contracts';
import { findJob, jobDocument, type TrialTable, trialsOf } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/**
 * `GET /training/{job_id}`: the rows as they stand. What runs on SageMaker is looked at by messages that come every
 * SAGEMAKER_POLL_SECONDS, whether or not anybody polls; a poll that asked SageMaker itself would have its clients
 * throttled, and a second writer of the rows.
 */
export const pollTraining: Route<'pollTraining', Deps> = async ({ tenantId, params }, { database }) => {
  const job = await findJob(database.read, tenantId, params.job_id);
  if (job?.kind !== 'training') {
    throw new Problem(404, 'job-not-found', `There is no training job ${params.job_id}.`, {
      field: 'job_id',
      cure: 'List what there is with GET /jobs?kind=training.',
    });
  }
  const trials = await trialsOf(database.read, job.id);
  return { body: { ...inventoryJob(jobDocument(job)), trials: trials.map(trialState) } };
};

function trialState({ algorithm, status, progress, version, metrics, error }: TrialTable) {
  return {
    algorithm,
    status,
    progress,
    ...(version === null ? {} : { version }),
    ...(metrics === null ? {} : { metrics: JSON.parse(metrics) }),
    ...(error === null ? {} : { error }),
  };
}
