import { emit, flow } from '@bellwether/contracts';
import { claimMessage, settleMessage } from '@bellwether/database';
import { type ConsumerHarness, consumerHarness, eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Queue } from '../queue/index.ts';
import { createReconciler } from './reconciler.ts';

const minute = 60_000;

function reconcilerOf({ database, relay }: ConsumerHarness) {
  return createReconciler(
    { database, relay, log: pino({ level: 'silent' }) },
    { queues: ['training'], publishAfter: 1000, resendAfter: 5 * minute },
  );
}

async function decide(harness: ConsumerHarness): Promise<string> {
  const message = emit(flow.trainingFailed, { jobId: 'job_1', reasons: [] });
  await harness.perform({ id: 'request_1', tenantId: 't' }, async () => ({ result: undefined, messages: [message] }));
  const row = await harness.database.read.selectFrom('outbox').select('id').executeTakeFirstOrThrow();
  return row.id;
}

const states = async ({ database }: ConsumerHarness) =>
  (await database.read.selectFrom('outbox').select(['state', 'sends']).execute()).map((row) => ({ ...row }));

/** Takes every message away, as a broker does that loses its state. */
async function lose(queue: Queue): Promise<void> {
  const options = { max: 10, waitSeconds: 0, visibilitySeconds: 30 };
  const delivered = await queue.receive('training', options);
  await queue.delete(
    'training',
    delivered.map(({ receipt }) => receipt),
  );
}

test('a message that a crash left pending is published by the reconciler', async () => {
  let broken = true;
  const crashing = (queue: Queue): Queue => ({
    ...queue,
    send: (name, entries) => (broken ? Promise.reject(new Error('crash')) : queue.send(name, entries)),
  });
  await using harness = await consumerHarness(crashing);
  await decide(harness);
  expect(await states(harness)).toEqual([{ state: 'pending', sends: 0 }]);
  broken = false;

  await reconcilerOf(harness).reconcile(Date.now() + 2000);

  expect(await states(harness)).toEqual([{ state: 'sent', sends: 1 }]);
  expect(await harness.queue.counts('training')).toMatchObject({ visible: 1 });
});

test('what was sent is noted together, and not what was handled meanwhile', async () => {
  await using harness = await consumerHarness();
  const ids = ['a', 'b', 'c'];
  for (const id of ids) {
    const message = emit(flow.trainingFailed, { jobId: 'job_1', reasons: [] }, { id });
    await harness.perform({ id, tenantId: 't' }, async () => ({ result: undefined, messages: [message] }));
  }
  await harness.database.transact((tx) => settleMessage(tx, 'b', 'training', 'handled'));

  await harness.relay.flush();

  expect(await states(harness)).toEqual([
    { state: 'sent', sends: 1 },
    { state: 'handled', sends: 0 },
    { state: 'sent', sends: 1 },
  ]);
});

test('a young pending message is left to the process that decided on it', async () => {
  const failing = (queue: Queue): Queue => ({ ...queue, send: () => Promise.reject(new Error('not now')) });
  await using harness = await consumerHarness(failing);
  await decide(harness);

  expect(await reconcilerOf(harness).reconcile(Date.now())).toBe(0);
});

test('a message that the queue lost is sent again under the same id, and handled once', async () => {
  await using harness = await consumerHarness();
  const id = await decide(harness);
  await lose(harness.queue);
  const ids: string[] = [];

  await reconcilerOf(harness).reconcile(Date.now() + 6 * minute);
  await reconcilerOf(harness).reconcile(Date.now() + 20 * minute);
  harness.consume('training', {
    trainingFailed: async (message) => async () => {
      ids.push(message.id);
      return [];
    },
  });
  await eventually('the message handled', async () => (await states(harness))[0]?.state === 'handled');

  expect(ids).toEqual([id]);
});

test('what is handled or dead is never sent again', async () => {
  await using harness = await consumerHarness();
  const id = await decide(harness);
  await lose(harness.queue);

  for (const state of ['handled', 'dead'] as const) {
    await harness.database.transact(async (tx) => {
      await claimMessage(tx, id, 'training', 0);
      await settleMessage(tx, id, 'training', state);
    });
    expect(await reconcilerOf(harness).reconcile(Date.now() + 60 * minute)).toBe(0);
  }
});

test('a message that is being worked on is not taken for lost', async () => {
  await using harness = await consumerHarness();
  await decide(harness);
  await harness.database.transact((tx) =>
    tx
      .updateTable('outbox')
      .set({ seen_at: Date.now() + 5 * minute })
      .execute(),
  );

  expect(await reconcilerOf(harness).reconcile(Date.now() + 6 * minute)).toBe(0);
  expect(await reconcilerOf(harness).reconcile(Date.now() + 11 * minute)).toBe(1);
});

test('a message that waits is kept back by its queue, and not taken for lost while it does', async () => {
  await using harness = await consumerHarness();
  const message = emit(flow.trainingFailed, { jobId: 'job_1', reasons: [] }, { delaySeconds: 600 });
  const now = Date.now();

  await harness.perform({ id: 'request_1', tenantId: 't' }, async () => ({ result: undefined, messages: [message] }));

  expect(await harness.queue.counts('training')).toMatchObject({ visible: 0, delayed: 1 });
  expect(await reconcilerOf(harness).reconcile(now + 9 * minute)).toBe(0);
  expect(await reconcilerOf(harness).reconcile(now + 16 * minute)).toBe(1);
});
