import { expect, test } from '@jest/globals';
import { announced, ingestCase } from '../../test/ingest-case.ts';
import { expireAnnouncements } from './expire-announcements.ts';

/** Announced at 1 s, its URL lives an hour, an upload may last another one. */
const late = 1000 + 2 * 3_600_000 + 1;
const outbox = (ingest: Awaited<ReturnType<typeof ingestCase>>) =>
  ingest.database.read.selectFrom('outbox').select('queue').orderBy('queue').execute();

test('an announcement whose upload never came is rejected, and who waits hears of it', async () => {
  await using ingest = await ingestCase({ datasets: [announced] });

  await expireAnnouncements(ingest.deps, late);

  const row = await ingest.dataset();
  expect(row?.status).toBe('rejected');
  expect(JSON.parse(row?.problems ?? '')).toMatchObject([{ code: 'upload-expired', cure: expect.any(String) }]);
  expect(await outbox(ingest)).toEqual([
    { queue: 'enrichment' },
    { queue: 'inference' },
    { queue: 'metrics' },
    { queue: 'training' },
  ]);
});

test('an upload that began in time is waited for', async () => {
  await using ingest = await ingestCase({ datasets: [announced] });

  await expireAnnouncements(ingest.deps, late - 2);

  expect((await ingest.dataset())?.status).toBe('awaiting-upload');
});

test('an upload that is there but was never notified is notified again, not rejected', async () => {
  await using ingest = await ingestCase({ datasets: [announced] });
  const uploaded = await ingest.upload('a,b\n1,2\n');

  await expireAnnouncements(ingest.deps, late);
  await expireAnnouncements(ingest.deps, late + 60_000);

  const received = await ingest.deps.queue.receive('ingest', { max: 10, waitSeconds: 0, visibilitySeconds: 30 });
  expect(received.map(({ body }) => JSON.parse(body))).toMatchObject([{ tenantId: 't1', body: uploaded }]);
  expect((await ingest.dataset())?.status).toBe('awaiting-upload');
});

test('an upload that comes while announcements expire is not rejected', async () => {
  await using ingest = await ingestCase({ datasets: [announced] }, (store) => ({
    head: async (key) => {
      await ingest.database.transact((tx) => tx.updateTable('datasets').set({ status: 'validating' }).execute());
      return await store.head(key);
    },
  }));

  await expireAnnouncements(ingest.deps, late);

  expect((await ingest.dataset())?.status).toBe('validating');
  expect(await outbox(ingest)).toEqual([]);
});
