import { inventoryJob, Problem } from '@bellwether/contracts';
import { findDataset, findJob, type JobTable, jobDocument, listJobs } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { findTestSet, testSetBeside } from '../jobs/find-test-set.ts';
import { idsOf } from './predict-test-set.ts';

/** `GET /inference/{job_id}`: the rows as they stand; see `GET /training/{job_id}`. */
export const pollInference: Route<'pollInference', Deps> = async ({ tenantId, params }, deps) => {
  const asked = await findJob(deps.database.read, tenantId, params.job_id);
  const job = asked?.kind === 'training' ? await newestOf(asked, deps) : asked;
  if (job?.kind !== 'batch-prediction') throw notFound(params.job_id);
  const dataset = await findDataset(deps.database.read, tenantId, job.dataset_id ?? '');
  const testSet = await testSetBeside(tenantId, dataset?.recipe ?? null, deps);
  return { body: { ...inventoryJob(jobDocument(job)), ...(testSet === undefined ? {} : idsOf(testSet)) } };
};

/** The newest prediction of a training job's test set. */
async function newestOf(training: JobTable, deps: Deps): Promise<JobTable | undefined> {
  const testSet = await findTestSet(training, deps);
  if (testSet === undefined) return undefined;
  const about = { kind: 'batch-prediction', datasetId: testSet.test, limit: 200 } as const;
  const jobs = await listJobs(deps.database.read, training.tenant_id, about);
  return jobs.find(({ request }) => (JSON.parse(request) as { trainingJobId?: string }).trainingJobId === training.id);
}

function notFound(id: string): Problem {
  return new Problem(404, 'job-not-found', `No test set was predicted under ${id}.`, {
    field: 'job_id',
    cure: 'Start it with POST /inference/{job_id} of the training job.',
  });
}
