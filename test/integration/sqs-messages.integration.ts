import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type DeadLetter, emit, flow, type Job } from '@bellwether/contracts';
import { createPerform, createRelay } from '@bellwether/platform';
import { eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { pino } from 'pino';
import { clientOf } from '../platform/client.ts';
import { startPlatform, type TestPlatform } from '../platform/start-platform.ts';
import { planeCsv } from '../platform/tables.ts';

/** Longer than anything here takes on a slow machine. */
const patience = 120_000;

const outboxStates = async ({ platform }: TestPlatform, type: string) => {
  const rows = await platform.database.read.selectFrom('outbox').select(['state', 'envelope']).execute();
  return rows.filter(({ envelope }) => JSON.parse(envelope).type === type).map(({ state }) => state);
};

const ended = (user: ReturnType<typeof clientOf>, id: string) =>
  eventually(
    `job ${id} ended`,
    async () => {
      const { body } = await user.call<Job>('GET', `/v1/jobs/${id}`);
      return !['queued', 'waiting', 'running'].includes(body.status) && body;
    },
    patience,
  );

test('a job of 100 candidates asks for 100 trials at once, and each has its version', async () => {
  await using started = await startPlatform();
  const user = clientOf(started.url, 'u1');
  const table = await user.upload('plane', planeCsv(60));
  const candidates = Array.from({ length: 100 }, (_, alpha) => ({ algorithm: 'linear', hyperparameters: { alpha } }));

  const accepted = await user.call<{ job: Job }>('POST', '/v1/models/wide/training-jobs', {
    datasetId: table.id,
    candidates,
  });
  const job = await ended(user, accepted.body.job.id);

  expect(job).toMatchObject({ status: 'succeeded', result: { failed: [] } });
  const versions = await started.platform.database.read
    .selectFrom('model_versions')
    .select(['trial_id', 'algorithm'])
    .execute();
  expect(versions.filter(({ algorithm }) => algorithm === 'linear')).toHaveLength(100);
  expect(new Set(versions.map(({ trial_id }) => trial_id)).size).toBe(versions.length);
}, 180_000);

test('a thousand messages that one transaction decided on go out in batches that SQS takes, each once', async () => {
  await using started = await startPlatform();
  const { database, queue, now } = started.platform;
  const relay = createRelay({ database, queue, now, log: pino({ level: 'silent' }) });
  const perform = createPerform({ database, relay, now });
  const trials = Array.from({ length: 1000 }, (_, index) => `trial_${index}`);

  // Of a job that is not there, so that each is handled at once.
  await perform({ id: 'wide', tenantId: 'u1' }, async () => ({
    result: undefined,
    messages: trials.map((trialId) => emit(flow.trialRequested, { jobId: 'job_none', trialId })),
  }));

  const states = await eventually(
    'a thousand messages handled',
    async () => {
      const found = await outboxStates(started, flow.trialRequested.message.type);
      return found.every((state) => state === 'handled') && found;
    },
    patience,
  );
  expect(states).toHaveLength(1000);
  const again = await database.read.selectFrom('outbox').select('id').where('sends', '>', 1).execute();
  expect(again).toEqual([]);
  expect(await database.read.selectFrom('dead_letters').select('id').execute()).toEqual([]);
}, 180_000);

/** Runs the command line. Returns what it wrote. */
async function bellwether(args: readonly string[], env: Record<string, string>): Promise<string> {
  const main = new URL('../../packages/cli/src/main.ts', import.meta.url).pathname;
  const options = { env: { ...process.env, NODE_OPTIONS: '', ...env } };
  return (await promisify(execFile)(process.execPath, [main, ...args], options)).stdout;
}

test('dead letters on SQS go back into their queue by the API and by the command line', async () => {
  // One attempt, so that nobody waits for the pauses between five.
  await using started = await startPlatform({ env: { MAX_ATTEMPTS: '1' } });
  const user = clientOf(started.url, 'u1');
  const { database } = started.platform;
  const table = await user.upload('plane', planeCsv(60));
  await sql`rename table job_events to job_events_away`.execute(database.schema);
  const accepted = await user.call<{ job: Job }>('POST', '/v1/models/m/training-jobs', {
    datasetId: table.id,
    candidates: [{ algorithm: 'linear' }],
  });
  const jobId = accepted.body.job.id;
  expect(await ended(user, jobId)).toMatchObject({ status: 'succeeded' });
  const heard = async () => {
    const rows = await database.read
      .selectFrom('outbox')
      .select(['state', 'envelope'])
      .where('queue', '=', 'metrics')
      .execute();
    return rows.filter(({ envelope }) => JSON.parse(envelope).jobId === jobId).map(({ state }) => state);
  };
  await eventually('all died', async () => (await heard()).every((state) => state === 'dead'), patience);

  const { body } = await user.call<{ deadLetters: DeadLetter[] }>('GET', '/v1/dead-letters');
  await sql`rename table job_events_away to job_events`.execute(database.schema);
  const [first, ...others] = body.deadLetters;
  const redriven = await user.call<DeadLetter>('POST', `/v1/dead-letters/${first?.id}/redrive`);
  const again = await user.refusal('POST', `/v1/dead-letters/${first?.id}/redrive`);
  const env = { BELLWETHER_URL: started.url, BELLWETHER_USER: 'u1' };
  for (const { id } of others) {
    expect(await bellwether(['dead-letters', '--redrive', id], env)).toMatch(/ was sent to metrics again\.\n$/);
  }

  await eventually('all handled', async () => (await heard()).every((state) => state === 'handled'), patience);
  expect(redriven).toMatchObject({
    status: 202,
    body: { queue: 'metrics', reasons: [expect.stringMatching(/job_events/)] },
  });
  expect(again).toMatchObject({ status: 409, body: { code: 'already-redriven' } });
  const lines = await database.read.selectFrom('job_events').select('message_id').where('job_id', '=', jobId).execute();
  expect(lines).toHaveLength((await heard()).length);
}, 180_000);
