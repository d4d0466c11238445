import {
  Algorithm,
  inventoryJob,
  isOpenJob,
  openJobStatuses,
  Problem,
  type TrainingRequest,
  underFields,
} from '@bellwether/contracts';
import { type DatasetTable, findDataset, listJobs } from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { acceptTraining } from '../jobs/accept-training.ts';

/** Of the newest preprocessings of a dataset, as many as are looked at: failed ones may lie before the last good one. */
const looked = 20;

/** `POST /training/train`: the dataset itself, or the train set that was made of it. */
export const trainDataset: Route<'trainDataset', Deps> = async ({ tenantId, body }, deps) => {
  const dataset = await trainSetOf(tenantId, body.dataset_id, deps);
  const { model = modelNameOf(dataset), algorithm } = namesOf(body);
  const request: TrainingRequest = {
    datasetId: dataset.id,
    ...(body.target === undefined ? {} : { target: body.target }),
    ...(body.task === undefined ? {} : { task: body.task }),
    ...(body.backend === undefined ? {} : { backend: body.backend }),
    ...(algorithm === undefined ? {} : { candidates: [{ algorithm }] }),
  };
  const commit = await underFields({ datasetId: 'dataset_id', candidates: 'algorithm' }, async () =>
    acceptTraining({ tenantId, model, dataset, request }, deps),
  );
  return {
    commit: async (tx) => {
      const { body: accepted, messages } = await commit(tx);
      return { body: inventoryJob(accepted.job), messages };
    },
  };
};

/** Users of these routes say `model` for what is learned as well as for its name. */
function namesOf({
  model,
  algorithm,
}: {
  readonly model?: string | undefined;
  readonly algorithm?: Algorithm | undefined;
}) {
  const meant = algorithm === undefined ? Algorithm.safeParse(model).data : undefined;
  return meant === undefined ? { model, algorithm } : { model: undefined, algorithm: meant };
}

/** `sales` of `sales-train` too. */
function modelNameOf({ name, recipe }: DatasetTable): string {
  return partOf(recipe) === 'train' ? name.replace(/-train$/, '') : name;
}

const partOf = (recipe: string | null) => (JSON.parse(recipe ?? '{}') as { part?: string }).part;

/**
 * The dataset of that id; if it was preprocessed, the train set that was made of it last.
 * @throws Problem `dataset-not-found`, `dataset-not-ready` while it is being preprocessed
 */
async function trainSetOf(tenantId: string, id: string, { database }: Deps): Promise<DatasetTable> {
  const dataset = await findDataset(database.read, tenantId, id);
  if (dataset === undefined) {
    if (await isBeingMade(tenantId, id, database.read)) throw beingPreprocessed(id);
    throw new Problem(404, 'dataset-not-found', `There is no dataset ${id}.`, {
      field: 'dataset_id',
      cure: 'List what there is with GET /dataset.',
    });
  }
  const jobs = await listJobs(database.read, tenantId, { kind: 'enrichment', datasetId: id, limit: looked });
  for (const job of jobs) {
    if ((JSON.parse(job.request) as { split?: unknown }).split === undefined) continue;
    if (isOpenJob(job)) throw beingPreprocessed(id);
    const train = (JSON.parse(job.result ?? '{}') as { datasets?: { train?: string } }).datasets?.train;
    const made = train === undefined ? undefined : await findDataset(database.read, tenantId, train);
    if (made !== undefined) return made;
  }
  return dataset;
}

/** Whether a preprocessing that has not ended promised a dataset of that id. */
async function isBeingMade(tenantId: string, id: string, read: Deps['database']['read']): Promise<boolean> {
  for (const status of openJobStatuses) {
    const jobs = await listJobs(read, tenantId, { kind: 'enrichment', status, limit: 200 });
    if (jobs.some(({ plan }) => plan?.includes(`"${id}"`))) return true;
  }
  return false;
}

function beingPreprocessed(id: string): Problem {
  return new Problem(409, 'dataset-not-ready', `Dataset ${id} is being preprocessed.`, {
    field: 'dataset_id',
    cure: 'Wait until GET /jobs/{job_id} of the preprocessing says succeeded.',
  });
}
