import { isDeepStrictEqual } from 'node:util';
import { type Dataset, type Job, type JobEvent, queueSpecs, type Service, services } from '@bellwether/contracts';
import { type Database, openDatabase } from '@bellwether/database';
import { eventually, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { allReady, notReady, stopAll } from '../crash/crashable-platform.ts';
import { type Client, clientOf } from '../platform/client.ts';
import { planeCsv } from '../platform/tables.ts';
import { type FiveProcesses, fiveProcesses } from '../stack/five-processes.ts';
import { type OwnStack, ownStack } from '../stack/own-stack.ts';

/** The same user at each service itself: the API is lost too. */
function usersOf({ byName }: FiveProcesses): Readonly<Record<Service, Client>> {
  return Object.fromEntries(services.map((name) => [name, clientOf(byName[name].url, 'u1')])) as never;
}

async function train(user: Client, datasetId: string): Promise<string> {
  const request = { datasetId, candidates: [{ algorithm: 'linear' }] };
  const { status, body } = await user.call<{ job: Job }>('POST', '/v1/models/plane/training-jobs', request);
  expect(status).toBe(202);
  return body.job.id;
}

/** Longer than a lost message takes to be sent again, on a slow machine. */
const patience = 120_000;

const finished = (user: Client, id: string) =>
  eventually(
    `job ${id} ended`,
    async () => {
      const { body } = await user.call<Job>('GET', `/v1/jobs/${id}`);
      return !['queued', 'waiting', 'running'].includes(body.status) && body;
    },
    patience,
  );

const statusOf = async (database: Database, id: string) =>
  (await database.read.selectFrom('jobs').select('status').where('id', '=', id).executeTakeFirst())?.status;

/** How many queues and buckets there are. */
async function held({ bash }: OwnStack): Promise<string[]> {
  const counts = await bash(`aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" --output text "$@"; }
    aws sqs list-queues --query 'length(QueueUrls || \`[]\`)'
    aws s3api list-buckets --query 'length(Buckets || \`[]\`)'`);
  return counts.trim().split('\n');
}

/** What every service lacks while there is neither a queue nor a bucket. */
const lacking = Object.fromEntries(
  services.map((name) => {
    const queues = queueSpecs().filter(({ service }) => service === name);
    const missing = queues.map((queue) => [`queue ${queue.name}`, 'queue-not-found']);
    return [name, { 'object store': 'bucket-not-found', ...Object.fromEntries(missing) }];
  }),
);

/** Asked until so, because LocalStack loads SQS and S3 with the first request, and a check waits for five seconds. */
const allLack = (platform: FiveProcesses) =>
  eventually(
    'every service says what is missing',
    async () => isDeepStrictEqual(await notReady(platform), lacking),
    patience,
  );

test('LocalStack ends and takes queues and objects with it: services stay, say what is missing and make nothing; deployed again, all jobs end', async () => {
  using folder = temporaryFolder();
  await using stack = await ownStack(folder.path);
  await using platform = fiveProcesses(stack, { folder: folder.path, env: { RESEND_AFTER_SECONDS: '3' } });
  const { ingest, training, inference, metrics } = usersOf(platform);
  const database = openDatabase(platform.databaseUrl);
  try {
    // In any order, before there is anything to use.
    for (const process of platform.processes.toReversed()) await process.start();
    await allLack(platform);
    await stack.deploy();
    await allReady(platform);

    const table = await ingest.upload('plane', planeCsv(60));
    const first = await train(training, table.id);
    await finished(metrics, first);

    // Messages to a service that is down wait in its queue…
    await platform.byName.metrics.kill();
    const silent = await train(training, table.id);
    await eventually('a job succeeded', async () => (await statusOf(database, silent)) === 'succeeded', patience);
    // … as does the notification of an upload.
    const late = await ingest.announce('late');
    const waiting = await train(training, late.dataset.id);
    await eventually('a job waits', async () => (await statusOf(database, waiting)) === 'waiting', patience);
    await platform.byName.ingest.kill();
    expect((await ingest.put(late.upload, planeCsv(60, 2))).status).toBe(200);

    await stack.killLocalStack();
    const orphan = await train(training, table.id);
    await stack.startLocalStack();
    await Promise.all([platform.byName.metrics.start(), platform.byName.ingest.start()]);

    await allLack(platform);
    expect(await held(stack)).toEqual(['0', '0']);
    const fromMemory = await inference.call('POST', '/v1/models/plane/predictions', { instances: [[1, 2]] });
    expect(fromMemory.status).toBe(200);

    await stack.deploy();
    await allReady(platform);

    // Its table is gone, and it says so.
    expect(await finished(metrics, orphan)).toMatchObject({
      status: 'failed',
      error: { code: 'all-trials-failed', detail: expect.stringMatching(/linear: object-gone: .*tables\/u1\//) },
    });
    // Lost before anybody heard of it, the upload may come again by the same URL.
    expect((await ingest.put(late.upload, planeCsv(60, 2))).status).toBe(200);
    const recovered = await finished(metrics, waiting);
    expect(recovered).toMatchObject({ status: 'succeeded', result: { promoted: true } });
    const predicted = await inference.call<{ version: number }>('POST', '/v1/models/plane/predictions', {
      instances: [[1, 2]],
    });
    expect(predicted.status).toBe(200);
    // What metrics had not heard was sent again.
    const events = await eventually(
      'a whole timeline',
      async () => {
        const { body } = await metrics.call<{ events: JobEvent[] }>('GET', `/v1/jobs/${silent}/events?after=0`);
        return body.events.some(({ type }) => type === 'training.finished') && body.events;
      },
      patience,
    );
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['training.requested', 'trial.finished', 'training.finished']),
    );
    await eventually(
      'every message is settled',
      async () => {
        const open = await database.read.selectFrom('outbox').select('id').where('state', '!=', 'handled').execute();
        return open.length === 0;
      },
      patience,
    );
    const dead = await database.read.selectFrom('dead_letters').select(['type', 'reasons']).execute();
    expect(dead).toEqual([]);
    const settled = await ingest.call<{ datasets: Dataset[] }>('GET', '/v1/datasets');
    expect(settled.body.datasets.map(({ status }) => status)).toEqual(['ready', 'ready']);
  } finally {
    await stopAll(platform);
    await database.close();
  }
}, 300_000);
