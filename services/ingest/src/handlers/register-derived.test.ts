import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectUpload } from '@bellwether/datasets';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { announced, type IngestCase, ingestCase } from '../../test/ingest-case.ts';
import { registerDerived } from './register-derived.ts';

const derived = {
  datasetId: 'ds_9',
  name: 'plane-train',
  key: 'derived/t1/ds_9/at_1.parquet',
  parents: ['ds_1'],
  recipe: { jobId: 'job_1', part: 'train' },
  roles: { target: 'b' },
};

/** Made once for all tests: it takes a child process. */
let table: Promise<Uint8Array> | undefined;

async function parquetTable(): Promise<Uint8Array> {
  using folder = temporaryFolder();
  const [source, output] = [join(folder.path, 'table.csv'), join(folder.path, 'table.parquet')];
  await writeFile(source, 'a,b\n1,2\n3,4\n5,7\n');
  await inspectUpload({ source, output, workDir: folder.path });
  return await readFile(output);
}

/** Puts what an enrichment wrote: a Parquet table of two columns. */
async function withDerived(): Promise<IngestCase> {
  const ingest = await ingestCase({ datasets: [announced] });
  table ??= parquetTable();
  await ingest.deps.store.put(derived.key, await table);
  return ingest;
}

test('a derived table becomes a dataset of its tenant, with roles and lineage', async () => {
  await using ingest = await withDerived();

  const messages = await ingest.handle(registerDerived, derived);

  expect(messages).toEqual([
    { type: 'dataset.ready', body: { datasetId: 'ds_9', name: 'plane-train', rows: 3, columns: 2 } },
  ]);
  expect(await ingest.dataset('ds_9')).toMatchObject({
    tenant_id: 't1',
    status: 'ready',
    parents: '["ds_1"]',
    recipe: JSON.stringify(derived.recipe),
    roles: '{"target":"b"}',
    upload_key: null,
  });
  expect(await readdir(ingest.deps.workFolder)).toEqual([]);
});

test('of two deliveries at once one registers the table; the other finds it registered', async () => {
  await using ingest = await withDerived();
  const [first, second] = [await ingest.begin(registerDerived, derived), await ingest.begin(registerDerived, derived)];

  expect(await ingest.commit(second)).toHaveLength(1);
  const winner = (await ingest.dataset('ds_9'))?.data_key;
  expect(await ingest.commit(first)).toEqual([]);
  expect((await ingest.dataset('ds_9'))?.data_key).toBe(winner);
});

test('a table that is registered already is not read again, even when its object is gone', async () => {
  await using ingest = await ingestCase({ datasets: [{ id: 'ds_9' }] });

  expect(await ingest.handle(registerDerived, derived)).toEqual([]);
});

test('a derived table that cannot be used is registered as rejected, so that its job ends', async () => {
  await using ingest = await withDerived();

  const messages = await ingest.handle(registerDerived, { ...derived, roles: { target: 'nowhere' } });

  expect(messages).toMatchObject([
    { type: 'dataset.rejected', body: { reason: expect.stringMatching(/^target-missing/) } },
  ]);
  expect(await ingest.dataset('ds_9')).toMatchObject({ status: 'rejected', data_key: null });
});
