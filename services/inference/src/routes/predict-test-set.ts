import { inventoryJob, isOpenJob, type MetricName, Problem, underFields } from '@bellwether/contracts';
import { findJob, type JobTable, listVersions } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { bestOfJob } from '../domain/best-of-job.ts';
import { acceptPrediction } from '../jobs/accept-prediction.ts';
import { findTestSet, type TestSet } from '../jobs/find-test-set.ts';

/** `POST /inference/{job_id}`: a batch prediction of the test set of a training job. */
export const predictTestSet: Route<'predictTestSet', Deps> = async ({ tenantId, params, body }, deps) => {
  const job = await trainingJob(tenantId, params.job_id, deps);
  const testSet = await findTestSet(job, deps);
  if (testSet === undefined) throw withoutTestSet(job);
  const made = await bestVersion(job, deps);
  const backend = body.backend ?? (await usualBackend(made, job, deps));
  const request = { datasetId: testSet.test, version: made.version, backend };
  const asked = { tenantId, model: job.model ?? '', request, trainingJobId: job.id };
  const commit = await underFields({ datasetId: 'job_id' }, () => acceptPrediction(asked, deps));
  return {
    commit: async (tx) => {
      const { body: accepted, messages } = await commit(tx);
      return { body: { ...inventoryJob(accepted.job), ...idsOf(testSet), version: made.version }, messages };
    },
  };
};

export const idsOf = ({ test, actuals }: TestSet) => ({ test_dataset_id: test, actual_dataset_id: actuals });

/** @throws Problem `job-not-found`, `training-not-finished`, `training-failed` */
async function trainingJob(tenantId: string, id: string, { database }: Deps): Promise<JobTable> {
  const job = await findJob(database.read, tenantId, id);
  if (job?.kind !== 'training') {
    throw new Problem(404, 'job-not-found', `There is no training job ${id}.`, {
      field: 'job_id',
      cure: 'List what there is with GET /jobs?kind=training.',
    });
  }
  if (job.status === 'succeeded') return job;
  const cure = `GET /training/${id} says more.`;
  if (isOpenJob(job)) {
    const detail = `Training job ${id} is ${job.status}: it has made no model yet.`;
    throw new Problem(409, 'training-not-finished', detail, { field: 'job_id', cure: `Wait for it. ${cure}` });
  }
  throw new Problem(409, 'training-failed', `Training job ${id} ${job.status}.`, { field: 'job_id', cure });
}

interface Made {
  readonly version: number;
  readonly algorithm: string;
}

async function bestVersion(job: JobTable, { database }: Deps): Promise<Made> {
  const rows = await listVersions(database.read, job.tenant_id, job.model ?? '', job.id);
  const { metric, champion, promoted } = JSON.parse(job.result ?? '{}') as {
    metric: MetricName;
    champion: number | null;
    promoted: boolean;
  };
  const made = rows.map(({ version, metrics, validation_metrics }) => ({
    version,
    metrics: JSON.parse(metrics),
    validationMetrics: validation_metrics === null ? undefined : JSON.parse(validation_metrics),
  }));
  const best = bestOfJob(made, metric, promoted && champion !== null ? champion : undefined);
  const row = rows.find(({ version }) => version === best);
  if (row !== undefined) return { version: row.version, algorithm: row.algorithm };
  throw new Problem(409, 'version-not-found', `All versions that training job ${job.id} made were deleted.`, {
    field: 'job_id',
    cure: 'Train again.',
  });
}

/** Where the platform trains on SageMaker it predicts there as well, if SageMaker can. */
async function usualBackend({ version, algorithm }: Made, job: JobTable, { config, models }: Deps) {
  if (config.TRAINING_BACKEND !== 'sagemaker' || algorithm !== 'xgboost') return undefined;
  const { inputs } = await models.get(job.tenant_id, job.model ?? '', version);
  // The container guesses the delimiter from a row, and one column has none.
  return inputs.filter(({ used }) => used).length > 1 ? ('sagemaker' as const) : undefined;
}

function withoutTestSet({ id, dataset_id }: JobTable): Problem {
  return new Problem(409, 'test-set-missing', `Training job ${id} learned from dataset ${dataset_id} as a whole.`, {
    field: 'job_id',
    cure: 'Split the dataset first with POST /preprocess/{datasetId}, train on the train set, and ask again.',
  });
}
