import { consumerHarness, eventually } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createReconciler } from '../outbox/reconciler.ts';
import type { Queue } from '../queue/index.ts';

const notification = (key: string) =>
  JSON.stringify({ Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key, size: 7, eTag: 'e1' } } }] });

const takeUploads = (taken: string[]) => ({
  datasetUploaded: async ({ body }: { body: unknown }) => {
    taken.push((body as { key: string }).key);
    return async () => [];
  },
});

test('an upload whose message the queue lost is sent again, under the same id', async () => {
  let losing = true;
  // Takes what it is sent and forgets it, as LocalStack does when it ends.
  const lossy = (inner: Queue): Queue => ({
    ...inner,
    send: (queue, entries) =>
      losing && entries[0]?.body.includes('dataset.uploaded') ? Promise.resolve([]) : inner.send(queue, entries),
  });
  await using harness = await consumerHarness(lossy);
  const { queue, database, relay } = harness;
  const outbox = () => database.read.selectFrom('outbox').select(['id', 'queue', 'state', 'sends']).execute();
  const taken: string[] = [];
  harness.consume('ingest', takeUploads(taken));

  await queue.send('ingest', [{ id: 'a', body: notification('uploads/t/ds_1') }]);
  const [lost] = await eventually('an upload that was sent', async () => {
    const rows = await outbox();
    return rows[0]?.state === 'sent' && rows;
  });
  losing = false;
  const options = { queues: ['ingest'], publishAfter: 0, resendAfter: 0 };
  const reconciler = createReconciler({ database, relay, log: pino({ level: 'silent' }) }, options);
  await reconciler.reconcile(Date.now() + 1);
  const [found] = await eventually('an upload that was handled', async () => {
    const rows = await outbox();
    return rows[0]?.state === 'handled' && rows;
  });

  expect(taken).toEqual(['uploads/t/ds_1']);
  expect(lost).toMatchObject({ queue: 'ingest', sends: 1 });
  expect(found).toMatchObject({ id: lost?.id, sends: 2 });
});
