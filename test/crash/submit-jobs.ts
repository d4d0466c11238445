import type { Dataset, Job } from '@bellwether/contracts';
import { planeCsv } from '../platform/tables.ts';
import { ended } from './follow.ts';
import type { PersistentClient } from './persistent-client.ts';

export interface Submission {
  readonly jobs: number;
  /** jobs under way at once */
  readonly inFlight: number;
  readonly seed: number;
}

export interface Submitted {
  readonly jobIds: readonly string[];
  readonly datasetIds: readonly string[];
  /** jobs that ended well and whose model did not predict, with the answer */
  readonly unanswered: readonly string[];
}

const models = 3;
const rowsOfTable = 40;
/** S3 says 412 and our own store 409 when the upload before arrived and only its answer did not. */
const uploaded = new Set([200, 409, 412]);
const patience = 180_000;

/** Uploads tables, trains and predicts, until all jobs have ended. Whatever gets no answer is asked again. */
export async function submitAll(client: PersistentClient, { jobs, inFlight, seed }: Submission): Promise<Submitted> {
  const jobIds: string[] = [];
  const datasetIds: string[] = [];
  const unanswered: string[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < jobs; index = next++) {
      // Every fifth job brings a table of its own, so that uploads are interrupted too.
      if (index % 5 === 0 || datasetIds.length === 0) datasetIds.push(await uploadOne(client, index, seed));
      const model = `m${index % models}`;
      const id = await train(client, index, { model, datasetId: datasetIds[index % datasetIds.length] as string });
      jobIds.push(id);
      const { status } = await ended(client, id, patience);
      if (status !== 'succeeded') continue;
      const predicted = await client.call('POST', `/v1/models/${model}/predictions`, { instances: [[1, 2]] });
      if (predicted.status !== 200) unanswered.push(`${id}: ${JSON.stringify(predicted)}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { jobIds, datasetIds, unanswered };
}

async function train(client: PersistentClient, index: number, on: { model: string; datasetId: string }) {
  const { body } = await client.call(
    'POST',
    `/v1/models/${on.model}/training-jobs`,
    { datasetId: on.datasetId, candidates: [{ algorithm: 'linear', hyperparameters: { alpha: 1 + index } }] },
    `job-${index}`,
  );
  const { job } = body as { job?: Job };
  if (job === undefined) throw new Error(`a job was refused: ${JSON.stringify(body)}`);
  return job.id;
}

async function uploadOne(client: PersistentClient, index: number, seed: number): Promise<string> {
  const { body } = await client.call('POST', '/v1/datasets', { name: `plane-${index}` }, `dataset-${index}`);
  const { dataset, upload } = body as { dataset: Dataset; upload: { url: string; headers: Record<string, string> } };
  const { status } = await client.put(upload.url, upload.headers, planeCsv(rowsOfTable, seed + index));
  if (!uploaded.has(status)) throw new Error(`an upload was answered ${status}`);
  return dataset.id;
}
