import { setTimeout as pause } from 'node:timers/promises';
import type { Dataset, Job } from '@bellwether/contracts';
import { eventually } from '@bellwether/testkit';
import { numbers, planeCsv } from '../platform/tables.ts';
import { type PersistentClient, persistentClient } from './persistent-client.ts';
import { crashableServer } from './server.ts';

export interface CrashPlan {
  readonly folder: string;
  readonly port: number;
  readonly kills: number;
  readonly jobs: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface CrashReport {
  readonly jobs: readonly Job[];
  readonly datasets: readonly Dataset[];
  readonly kills: number;
  /** ids of all requests that were answered */
  readonly answered: readonly string[];
  /** ids of all requests in the log */
  readonly logged: ReadonlySet<string>;
}

const tenant = 'crash';
const jobsInFlight = 4;

/**
 * Submits jobs while the server is killed at random moments and started again, then waits until all that was accepted
 * has ended, and sweeps. The folder is left for the caller to look at, with no process on it.
 */
export async function runCrashes(plan: CrashPlan): Promise<CrashReport> {
  const { folder, port, say } = plan;
  const server = crashableServer(folder, port);
  const giveUp = new AbortController();
  const client = persistentClient(`http://127.0.0.1:${port}`, tenant, giveUp.signal);
  await server.start();
  try {
    const submitted = submitAll(client, plan);
    let kills = 0;
    const random = numbers(plan.seed);
    const killer = (async () => {
      while (kills < plan.kills) {
        await pause(random() * 1500);
        await server.kill();
        kills++;
        await server.start();
        if (kills % 10 === 0) say(`${kills} kills`);
      }
    })();
    killer.catch((error: unknown) => giveUp.abort(error));
    const { jobIds, datasetIds } = await submitted;
    await killer;
    const jobs = await Promise.all(jobIds.map((id) => ended(client, id)));
    const datasets = await Promise.all(datasetIds.map((id) => settled(client, id)));
    const answered = client.answered.map(({ requestId }) => requestId);
    const logged = await allLogged(client);
    // Once more, with nothing too young to be swept.
    await server.stop();
    await server.start({ SWEEP_AFTER_SECONDS: '0' });
    await eventually('all messages handled', async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
    return { jobs, datasets, kills, answered, logged };
  } finally {
    giveUp.abort();
    await server.stop();
  }
}

async function submitAll(client: PersistentClient, { jobs, seed }: CrashPlan) {
  const jobIds: string[] = [];
  const datasetIds: string[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < jobs; index = next++) {
      // Every fifth job brings a table of its own, so that uploads are interrupted too.
      if (index % 5 === 0 || datasetIds.length === 0) datasetIds.push(await uploadOne(client, index, seed));
      const datasetId = datasetIds[index % datasetIds.length] as string;
      const { body } = await client.call(
        'POST',
        `/v1/models/m${index % 3}/training-jobs`,
        { datasetId, candidates: [{ algorithm: 'linear', hyperparameters: { alpha: 1 + index } }] },
        `job-${index}`,
      );
      const { job } = body as { job?: Job };
      if (job === undefined) throw new Error(`a job was refused: ${JSON.stringify(body)}`);
      jobIds.push(job.id);
      await ended(client, job.id);
    }
  };
  await Promise.all(Array.from({ length: jobsInFlight }, worker));
  return { jobIds, datasetIds };
}

async function uploadOne(client: PersistentClient, index: number, seed: number): Promise<string> {
  const { body } = await client.call('POST', '/v1/datasets', { name: `plane-${index}` }, `dataset-${index}`);
  const { dataset, upload } = body as { dataset: Dataset; upload: { url: string; headers: Record<string, string> } };
  const { status } = await client.put(upload.url, upload.headers, planeCsv(40, seed + index));
  // 409: the upload before arrived, only its answer did not.
  if (status !== 200 && status !== 409) throw new Error(`an upload was answered ${status}`);
  return dataset.id;
}

const ended = (client: PersistentClient, id: string) =>
  eventually(
    `job ${id} ended`,
    async () => {
      const { body } = await client.call('GET', `/v1/jobs/${id}`);
      const job = body as Job;
      return !['queued', 'waiting', 'running'].includes(job.status) && job;
    },
    180_000,
  );

const settled = (client: PersistentClient, id: string) =>
  eventually(`dataset ${id} settled`, async () => {
    const { body } = await client.call('GET', `/v1/datasets/${id}`);
    const dataset = body as Dataset;
    return (dataset.status === 'ready' || dataset.status === 'rejected') && dataset;
  });

async function allLogged(client: PersistentClient): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let cursor = ''; ; ) {
    const { body } = await client.call('GET', `/v1/requests?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = body as { requests: { id: string }[]; nextCursor?: string };
    for (const { id } of page.requests) ids.add(id);
    if (page.nextCursor === undefined) return ids;
    cursor = page.nextCursor;
  }
}
