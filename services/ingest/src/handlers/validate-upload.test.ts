import { readdir } from 'node:fs/promises';
import { ObjectStoreError } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { announced, ingestCase } from '../../test/ingest-case.ts';
import { rejectUpload } from './reject-upload.ts';
import { validateUpload } from './validate-upload.ts';

const table = ['a,b', '1,2', '3,4', '5,7', ''].join('\n');
const waiting = { datasets: [announced] };

test('an upload becomes a ready dataset with its table, and nothing stays in the work folder', async () => {
  await using ingest = await ingestCase(waiting);
  const uploaded = await ingest.upload(table);

  const messages = await ingest.handle(validateUpload, uploaded);

  expect(messages).toEqual([
    { type: 'dataset.ready', body: { datasetId: 'ds_1', name: 'plane', rows: 3, columns: 2 } },
  ]);
  const row = await ingest.dataset();
  expect(row).toMatchObject({ status: 'ready', format: 'csv', row_count: 3, bytes: uploaded.size });
  expect(await ingest.keys('tables/')).toEqual([row?.data_key]);
  expect(await readdir(ingest.deps.workFolder)).toEqual([]);
});

test('an upload that cannot be read rejects its dataset with the problems; no table stays', async () => {
  await using ingest = await ingestCase(waiting);

  const messages = await ingest.handle(validateUpload, await ingest.upload('a,b\n1,2\n3\n'));

  expect(messages).toMatchObject([{ type: 'dataset.rejected', body: { reason: expect.stringMatching(/^ragged/) } }]);
  const row = await ingest.dataset();
  expect(JSON.parse(row?.problems ?? '')).toMatchObject([{ row: 3, cure: expect.any(String) }]);
  expect(await ingest.keys('tables/')).toEqual([]);
  expect(await readdir(ingest.deps.workFolder)).toEqual([]);
});

test('of two deliveries at once one makes the dataset; the other finds it made', async () => {
  await using ingest = await ingestCase(waiting);
  const uploaded = await ingest.upload(table);
  const [first, second] = [await ingest.begin(validateUpload, uploaded), await ingest.begin(validateUpload, uploaded)];

  expect(await ingest.commit(second)).toHaveLength(1);
  const winner = (await ingest.dataset())?.data_key;
  expect(await ingest.commit(first)).toEqual([]);
  expect((await ingest.dataset())?.data_key).toBe(winner);
});

test('a second upload to the same URL is ignored while the first is validated', async () => {
  await using ingest = await ingestCase(waiting);
  const first = await ingest.upload(table);
  const commit = await ingest.begin(validateUpload, first);

  const second = await ingest.handle(validateUpload, { ...first, etag: 'another' });

  expect(second).toEqual([]);
  expect(await ingest.commit(commit)).toHaveLength(1);
  expect(await ingest.dataset()).toMatchObject({ status: 'ready', upload_etag: first.etag });
});

test('an upload that was replaced before it was read rejects its dataset', async () => {
  await using ingest = await ingestCase(waiting);
  const first = await ingest.upload(table);
  await ingest.upload(`${table}9,9\n`);

  await ingest.handle(validateUpload, first);

  expect(JSON.parse((await ingest.dataset())?.problems ?? '')).toMatchObject([{ code: 'upload-changed' }]);
});

test('a store that cannot be used is no fault of the upload: it is tried again', async () => {
  await using ingest = await ingestCase(waiting, () => ({
    putFile: async () => {
      throw new ObjectStoreError('store-unavailable', 'the disk is full');
    },
  }));
  const uploaded = await ingest.upload(table);

  await expect(ingest.begin(validateUpload, uploaded)).rejects.toThrow('the disk is full');
  expect((await ingest.dataset())?.status).toBe('validating');
  expect(await readdir(ingest.deps.workFolder)).toEqual([]);
});

test('a lost lease ends the parsing', async () => {
  await using ingest = await ingestCase(waiting);
  const uploaded = await ingest.upload(table);
  const lease = new AbortController();

  const work = ingest.begin(validateUpload, uploaded, { signal: lease.signal });
  lease.abort(new Error('the lease was lost'));

  await expect(work).rejects.toThrow('the lease was lost');
  expect(await readdir(ingest.deps.workFolder)).toEqual([]);
});

test('an upload that is larger than allowed is refused unread', async () => {
  await using ingest = await ingestCase(waiting);
  const key = 'uploads/t1/ds_1';

  const [message] = await ingest.handle(validateUpload, { key, etag: 'e', size: 2 ** 40 });

  expect(message).toMatchObject({ body: { reason: expect.stringMatching(/^too-large/) } });
});

test.each([
  ['that was deleted', [], 'uploads/t1/ds_1'],
  ['that is ready', [{}], 'uploads/t1/ds_1'],
  ['that was rejected', [{ ...announced, status: 'rejected' as const }], 'uploads/t1/ds_1'],
  ['of another tenant', [announced], 'uploads/t2/ds_1'],
])('an upload for a dataset %s is ignored', async (_, datasets, key) => {
  await using ingest = await ingestCase({ datasets });
  const before = await ingest.dataset();

  expect(await ingest.handle(validateUpload, { key, etag: 'e', size: 3 })).toEqual([]);
  expect(await ingest.dataset()).toEqual(before);
});

test('deleted while it is validated, a dataset is not made again', async () => {
  await using ingest = await ingestCase(waiting);
  const commit = await ingest.begin(validateUpload, await ingest.upload(table));
  await ingest.database.transact((tx) => tx.deleteFrom('datasets').execute());

  expect(await ingest.commit(commit)).toEqual([]);
  expect(await ingest.dataset()).toBeUndefined();
});

test.each(['death first', 'end first'])('a death that races with the end of a validation, %s', async (order) => {
  await using ingest = await ingestCase(waiting);
  const uploaded = await ingest.upload(table);
  const end = await ingest.begin(validateUpload, uploaded);
  const death = await ingest.begin(rejectUpload, { ...uploaded, reasons: ['attempt 5: x'] });
  const died = order === 'death first';

  const messages = [];
  for (const commit of died ? [death, end] : [end, death]) messages.push(...(await ingest.commit(commit)));

  expect(messages.map(({ type }) => type)).toEqual([died ? 'dataset.rejected' : 'dataset.ready']);
  expect((await ingest.dataset())?.status).toBe(died ? 'rejected' : 'ready');
});

test('the death of a second upload does not reject the first', async () => {
  await using ingest = await ingestCase({ datasets: [{ ...announced, status: 'validating', upload_etag: 'first' }] });
  const second = { key: 'uploads/t1/ds_1', etag: 'second', size: 3, reasons: ['x'] };

  expect(await ingest.handle(rejectUpload, second)).toEqual([]);
  expect((await ingest.dataset())?.status).toBe('validating');
});
