import { maxDeliveries } from '@bellwether/contracts';
import { consumerHarness, eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { deadLetters, outbox, send, stateOf } from '../../test/harness-state.ts';
import type { Queue } from '../queue/index.ts';
import { PermanentError } from './failure.ts';

test('a message that fails every time is dead, with the reason of each attempt, and its onDead message follows', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  let attempt = 0;
  const failed: unknown[] = [];

  harness.consume('training', {
    trainingRequested: async () => {
      throw Object.assign(new Error(`no luck ${++attempt}`), { code: 'unlucky' });
    },
    trainingFailed: async (message) => async () => {
      failed.push(message.body);
      return [];
    },
  });
  await eventually('the onDead message', () => failed.length > 0);

  const reasons = [1, 2, 3].map((n) => `attempt ${n}: unlucky: no luck ${n}`);
  expect(failed).toEqual([{ jobId: 'job_1', reasons }]);
  expect(await deadLetters(harness)).toMatchObject([
    {
      queue: 'training',
      tenant_id: 't',
      job_id: 'job_1',
      type: 'training.requested',
      reasons: JSON.stringify(reasons),
    },
  ]);
  expect((await outbox(harness)).map((row) => row.state).toSorted()).toEqual(['dead', 'handled']);
});

test('deliveries to processes that were killed are no failed attempts', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  for (let kill = 0; kill < 10; kill++) {
    await harness.queue.receive('training', { max: 1, waitSeconds: 1, visibilitySeconds: 0 });
  }
  const attempts: number[] = [];

  harness.consume(
    'training',
    {
      trainingRequested: async (_, __, { attempt }) => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error('not yet');
        return async () => [];
      },
    },
    { maxAttempts: 3 },
  );
  await stateOf(harness, 'handled');

  expect(attempts).toEqual([11, 12, 13]);
  expect(await deadLetters(harness)).toEqual([]);
});

test('a message that ends its process each time dies of its deliveries, and its onDead message follows', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  const lost = { max: 1, waitSeconds: 0, visibilitySeconds: 0 };
  for (let delivery = 1; delivery <= maxDeliveries; delivery++) {
    expect(await harness.queue.receive('training', lost)).toMatchObject([{ receives: delivery }]);
  }
  const failed: unknown[] = [];

  harness.consume('training', {
    trainingRequested: async () => {
      throw new Error('delivered once more');
    },
    trainingFailed: async (message) => async () => {
      failed.push(message.body);
      return [];
    },
  });
  await eventually('the onDead message', () => failed.length > 0);

  expect(failed).toEqual([{ jobId: 'job_1', reasons: ['delivered 20 times; the process ended each time'] }]);
});

test('an error that no attempt can cure makes its message dead at once', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  let attempts = 0;

  harness.consume('training', {
    trainingRequested: async () => {
      attempts++;
      throw new PermanentError('gone', 'the version is gone');
    },
    trainingFailed: async () => async () => [],
  });
  await eventually('a dead letter', async () => (await deadLetters(harness)).length > 0);

  expect(attempts).toBe(1);
});

test('what is no message of ours is dead with the reason, and belongs to no tenant', async () => {
  await using harness = await consumerHarness();
  await harness.queue.send('training', [
    { id: 'a', body: 'not json' },
    { id: 'b', body: '{"type":"training.requested"}' },
  ]);

  harness.consume('training', {});
  const letters = await eventually('two dead letters', async () => {
    const rows = await deadLetters(harness);
    return rows.length === 2 && rows;
  });

  expect(letters.map((row) => row.tenant_id)).toEqual(['-', '-']);
  expect(letters.map((row) => row.reasons).join()).toMatch(/not JSON.*bad envelope/s);
});

test('a failed attempt is followed by the next one after its backoff', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  const asked: number[] = [];
  let attempts = 0;

  harness.consume(
    'training',
    {
      trainingRequested: async (_, __, { attempt }) => {
        attempts = attempt;
        if (attempt < 3) throw new Error('not yet');
        return async () => [];
      },
    },
    {
      backoffSeconds: (attempt) => {
        asked.push(attempt);
        return 0;
      },
    },
  );
  await stateOf(harness, 'handled');

  expect([attempts, asked]).toEqual([3, [1, 2]]);
  expect(await harness.database.read.selectFrom('attempts').selectAll().execute()).toEqual([]);
});

test('a copy that dies with a service that only listens fails nobody', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');

  harness.consume('metrics', {
    trainingRequested: async () => {
      throw new PermanentError('broken', 'the timeline is broken');
    },
  });
  await eventually('a dead letter', async () => (await deadLetters(harness)).length > 0);

  expect((await outbox(harness)).map((row) => JSON.parse(row.envelope).type)).toEqual(['training.requested']);
});

test('a message whose delete fails after it was handled is not dead', async () => {
  const forgetful = (queue: Queue): Queue => ({ ...queue, delete: () => Promise.reject(new Error('no answer')) });
  await using harness = await consumerHarness(forgetful);
  await send(harness, 'request_1');
  let handled = 0;

  harness.consume(
    'training',
    {
      trainingRequested: async () => {
        handled++;
        return async () => [];
      },
    },
    { maxAttempts: 1 },
  );
  await stateOf(harness, 'handled');
  // As the queue does it after the last delivery that was not deleted.
  const [row] = await outbox(harness);
  await harness.queue.send('training', [{ id: 'again', body: String(row?.envelope) }]);
  const [again] = await harness.queue.receive('training', { max: 1, waitSeconds: 0, visibilitySeconds: 30 });
  if (again !== undefined) await harness.queue.bury('training', again);
  await eventually('an empty dead-letter queue', async () => (await harness.queue.counts('training')).dead === 0);

  expect(handled).toBe(1);
  expect(await deadLetters(harness)).toEqual([]);
  expect((await outbox(harness)).map(({ state }) => state)).toEqual(['handled']);
});
