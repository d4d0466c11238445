import type { Job } from '@bellwether/contracts';
import { type Database, openDatabase } from '@bellwether/database';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startAll, stopAll } from '../crash/crashable-platform.ts';
import { clientOf } from '../platform/client.ts';
import { numbers } from '../platform/tables.ts';
import { type FiveProcesses, fiveProcesses } from '../stack/five-processes.ts';
import { type OwnStack, ownStack } from '../stack/own-stack.ts';

/** Far longer than anything here takes, on a slow machine. */
const patience = 120_000;

const folder = temporaryFolder();
let stack: OwnStack;
let platform: FiveProcesses;
let database: Database;

beforeAll(async () => {
  stack = await ownStack(folder.path);
  platform = fiveProcesses(stack, { folder: folder.path });
  database = openDatabase(platform.databaseUrl);
  await startAll(platform);
}, 180_000);

afterAll(async () => {
  await stopAll(platform);
  await platform[Symbol.asyncDispose]();
  await database.close();
  await stack[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
}, 60_000);

/** A table of noise: the harder a machine with little tolerance tries to follow it, the longer it takes. */
function noiseCsv(rows: number): string {
  const next = numbers(rows);
  const lines = Array.from({ length: rows }, () => [next() * 10, next() * 10, next() * 5].join(','));
  return ['x,y,z', ...lines, ''].join('\n');
}

/** Begins a job with one trial, and waits until that has begun. Returns ids of both. */
async function running(name: string, rows: number, hyperparameters: Record<string, number>) {
  const at = platform.byName;
  const table = await clientOf(at.ingest.url, 'u1').upload(name, noiseCsv(rows));
  const { body } = await clientOf(at.training.url, 'u1').call<{ job: Job }>(
    'POST',
    `/v1/models/${name}/training-jobs`,
    {
      datasetId: table.id,
      candidates: [{ algorithm: 'svm', hyperparameters }],
    },
  );
  const jobId = body.job.id;
  const trialId = await eventually(
    'a trial has begun',
    async () => (await trialsOf(jobId)).find(({ status, algorithm }) => status !== 'queued' && algorithm === 'svm')?.id,
    patience,
  );
  return { jobId, trialId };
}

const trialsOf = (jobId: string) =>
  database.read.selectFrom('trials').select(['id', 'status', 'algorithm']).where('job_id', '=', jobId).execute();

const statusOf = async (jobId: string, trialId: string) =>
  (await trialsOf(jobId)).find(({ id }) => id === trialId)?.status;

test('SIGTERM: a service finishes what is in flight within its grace time, and ends with 0', async () => {
  const { training } = platform.byName;
  await training.stop();
  await training.start({ SHUTDOWN_GRACE_SECONDS: '100' });
  // About 2 s on an idle machine: long enough to be seen, and far shorter than the grace time on a slow one.
  const { jobId, trialId } = await running('short', 2000, { C: 100 });

  const code = await training.stop();

  expect(code).toBe(0);
  expect(await statusOf(jobId, trialId)).toBe('succeeded');
  await training.start();
}, 180_000);

test('SIGTERM: what takes longer than the grace time is left to the next process, and the service ends with 0', async () => {
  const { training, metrics } = platform.byName;
  await training.stop();
  await training.start({ SHUTDOWN_GRACE_SECONDS: '1' });
  const { jobId, trialId } = await running('long', 3000, { C: 10_000, epsilon: 0.0001 });

  const code = await training.stop();

  expect(code).toBe(0);
  expect(await statusOf(jobId, trialId)).toBe('running');
  expect((await platform.messagesLeft()).join()).toContain('training-trials');
  const user = clientOf(metrics.url, 'u1');
  await user.call('POST', `/v1/jobs/${jobId}/cancel`);
  await training.start();
  await eventually('its message is handled', async () => (await platform.messagesLeft()).length === 0, patience);
  expect((await user.call<Job>('GET', `/v1/jobs/${jobId}`)).body.status).toBe('cancelled');
}, 180_000);
