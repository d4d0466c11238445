import { emit, flow } from '@bellwether/contracts';
import type { Tx } from '@bellwether/database';
import { consumerHarness, eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { deadLetters, outbox, send, stateOf } from '../../test/harness-state.ts';
import type { Queue } from '../queue/index.ts';
import { PermanentError } from './failure.ts';

test('a message that is delivered twice is handled once', async () => {
  await using harness = await consumerHarness();
  let handled = 0;
  await send(harness, 'request_1');
  const [row] = await outbox(harness);
  const handlers = {
    trainingRequested: async () => {
      handled++;
      return async () => [];
    },
  };

  harness.consume('training', handlers);
  await stateOf(harness, 'handled');
  await harness.queue.send('training', [{ id: String(row?.id), body: String(row?.envelope) }]);
  await eventually('an empty queue', async () => {
    const { visible, inFlight } = await harness.queue.counts('training');
    return visible + inFlight === 0;
  });

  expect(handled).toBe(1);
});

test('of two deliveries at once the loser rolls back all it wrote', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  const [row] = await outbox(harness);
  // Another queue entry with the same message inside: what a redelivery by SQS looks like to us.
  await harness.queue.send('training', [{ id: 'copy', body: String(row?.envelope) }]);
  let inside = 0;
  let bothInside: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    bothInside = resolve;
  });

  harness.consume('training', {
    trainingRequested: async () => {
      if (++inside === 2) bothInside();
      await both;
      return async (tx: Tx) => {
        await tx
          .insertInto('api_keys')
          .values({ hash: `written-${inside++}`, tenant_id: 't', name: '', created_at: 0 })
          .execute();
        return [];
      };
    },
  });
  await eventually('an empty queue', async () => {
    const { visible, inFlight } = await harness.queue.counts('training');
    return visible + inFlight === 0;
  });

  expect(await harness.database.read.selectFrom('api_keys').selectAll().execute()).toHaveLength(1);
});

test('rows, inbox and outgoing messages are one transaction', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  let attempts = 0;

  harness.consume('training', {
    trainingRequested: async () => async (tx: Tx) => {
      await tx
        .insertInto('api_keys')
        .values({ hash: `attempt-${++attempts}`, tenant_id: 't', name: '', created_at: 0 })
        .execute();
      if (attempts === 1) throw new Error('after the write');
      return [emit(flow.trialRequested, { jobId: 'job_1', trialId: 'trial_1' })];
    },
  });
  await stateOf(harness, 'handled');

  expect(await harness.database.read.selectFrom('api_keys').select('hash').execute()).toEqual([{ hash: 'attempt-2' }]);
  expect(await outbox(harness, 'training-trials')).toHaveLength(1);
});

test('a commit that fails takes back what it wrote, and nothing of the messages that are committed with it', async () => {
  await using harness = await consumerHarness();
  const jobs = ['job_a', 'job_b', 'job_c', 'job_d'];
  await Promise.all(jobs.map((jobId) => send(harness, `request of ${jobId}`, jobId)));
  let ready = 0;
  let allReady: () => void = () => undefined;
  const together = new Promise<void>((resolve) => {
    allReady = resolve;
  });
  const dead: unknown[] = [];

  harness.consume('training', {
    trainingRequested: async (message) => {
      const { jobId } = message.body as { jobId: string };
      if (++ready === jobs.length) allReady();
      await together;
      return async (tx: Tx) => {
        await tx.insertInto('api_keys').values({ hash: jobId, tenant_id: 't', name: '', created_at: 0 }).execute();
        if (jobId === 'job_b') throw new PermanentError('no', 'never');
        return [emit(flow.trialRequested, { jobId, trialId: `trial of ${jobId}` })];
      };
    },
    trainingFailed: async (message) => async () => {
      dead.push(message.body);
      return [];
    },
  });
  await eventually('the end of all four', async () => {
    const rows = await outbox(harness);
    return dead.length === 1 && rows.length === 5 && rows.every(({ state }) => state === 'handled' || state === 'dead');
  });

  expect(dead).toMatchObject([{ jobId: 'job_b' }]);
  const written = await harness.database.read.selectFrom('api_keys').select('hash').orderBy('hash').execute();
  expect(written.map(({ hash }) => hash)).toEqual(['job_a', 'job_c', 'job_d']);
  expect(await harness.queue.counts('training-trials')).toMatchObject({ visible: 3 });
});

test('ids of outgoing messages derive from the incoming id and their place', async () => {
  const ids: string[][] = [];
  for (const _ of [1, 2]) {
    await using harness = await consumerHarness();
    await send(harness, 'the same request');
    harness.consume('training', {
      trainingRequested: async () => async () =>
        ['a', 'b'].map((trialId) => emit(flow.trialRequested, { jobId: 'job_1', trialId })),
    });
    await stateOf(harness, 'handled');
    ids.push((await outbox(harness, 'training-trials')).map((row) => row.id).toSorted());
  }

  expect(ids[0]).toEqual(ids[1]);
  expect(new Set(ids[0]).size).toBe(2);
});

test('at a fan-in, two last ones at once give one result', async () => {
  await using harness = await consumerHarness();
  const finished = emit(flow.trainingFinished, { jobId: 'job_1', status: 'succeeded' }, { id: 'job_1:finished' });

  for (const id of ['first', 'second']) {
    await harness.perform({ id, tenantId: 't' }, async () => ({ result: undefined, messages: [finished] }));
  }

  expect((await outbox(harness, 'metrics')).map((row) => row.id)).toEqual(['job_1:finished']);
});

test('a handler whose lease is lost is aborted, and what it decides has no effect', async () => {
  // Only the extension of leases fails: as if the process had been paused for longer than the lease.
  const losing = (queue: Queue): Queue => ({ ...queue, extend: async () => false });
  await using harness = await consumerHarness(losing);
  await send(harness, 'request_1');
  let aborted = false;
  let committed = false;

  harness.consume(
    'training',
    {
      trainingRequested: async (_, __, { signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted = true;
        return async () => {
          committed = true;
          return [];
        };
      },
    },
    { visibilitySeconds: 1 },
  );
  await eventually('the abort', () => aborted);

  expect(committed).toBe(false);
  expect((await outbox(harness)).map((row) => row.state)).toEqual(['sent']);
});

test('a lease is renewed while the work goes on, and the outbox shows that the message is seen', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  let deliveries = 0;

  harness.consume(
    'training',
    {
      trainingRequested: async () => {
        deliveries++;
        await eventually('two renewals', async () => {
          const [row] = await outbox(harness);
          return row?.seen_at != null && row.sent_at !== null && row.seen_at - row.sent_at > 1100;
        });
        return async () => [];
      },
    },
    { visibilitySeconds: 1 },
  );
  await stateOf(harness, 'handled');

  expect(deliveries).toBe(1);
});

test('only free slots are filled', async () => {
  await using harness = await consumerHarness();
  for (const id of ['a', 'b', 'c', 'd']) await send(harness, id, `job_${id}`);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let running = 0;

  harness.consume(
    'training',
    {
      trainingRequested: async () => {
        running++;
        await held;
        return async () => [];
      },
    },
    { concurrency: 2 },
  );
  await eventually('both slots taken', () => running === 2);
  const counts = await harness.queue.counts('training');
  release();
  await eventually('all handled', async () => (await outbox(harness)).every((row) => row.state === 'handled'));

  expect(counts).toMatchObject({ visible: 2, inFlight: 2 });
});

test('a shutdown finishes what ends within the grace time', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = false;
  const consumer = harness.consume('training', {
    trainingRequested: async () => {
      begun = true;
      await held;
      return async () => [];
    },
  });
  await eventually('the handler at work', () => begun);

  const stopped = consumer.stop(10_000);
  release();
  await stopped;

  expect((await outbox(harness)).map((row) => row.state)).toEqual(['handled']);
});

test('a shutdown returns to the queue what does not end in time', async () => {
  await using harness = await consumerHarness();
  await send(harness, 'request_1');
  let begun = false;
  const consumer = harness.consume('training', {
    trainingRequested: async (_, __, { signal }) => {
      begun = true;
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return async () => [];
    },
  });
  await eventually('the handler at work', () => begun);

  await consumer.stop(0);

  expect(await harness.queue.counts('training')).toMatchObject({ visible: 1, inFlight: 0 });
  expect(await harness.database.read.selectFrom('attempts').selectAll().execute()).toEqual([]);
});

test('a bucket’s notification becomes a message for each upload in it; a test event and others’ objects become none', async () => {
  await using harness = await consumerHarness();
  const record = (key: string) => ({
    eventName: 'ObjectCreated:Put',
    s3: { object: { key: encodeURIComponent(key), size: 7, eTag: 'e1' } },
  });
  const notification = { Records: [record('uploads/t/ds_1'), record('other/thing'), record('uploads/t/ds_2')] };
  await harness.queue.send('ingest', [
    { id: 'a', body: JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' }) },
    { id: 'b', body: JSON.stringify(notification) },
    { id: 'c', body: JSON.stringify(notification) },
  ]);
  const uploads: unknown[] = [];

  harness.consume('ingest', {
    datasetUploaded: async (message) => async () => {
      uploads.push([message.tenantId, message.body]);
      return [];
    },
  });
  await eventually('an empty queue', async () => {
    const { visible, inFlight } = await harness.queue.counts('ingest');
    return visible + inFlight === 0;
  });

  expect(uploads.toSorted()).toEqual([
    ['t', { key: 'uploads/t/ds_1', etag: 'e1', size: 7 }],
    ['t', { key: 'uploads/t/ds_2', etag: 'e1', size: 7 }],
  ]);
  expect(await deadLetters(harness)).toEqual([]);
});
