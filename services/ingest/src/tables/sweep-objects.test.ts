import { expect, test } from '@jest/globals';
import { announced, ingestCase } from '../../test/ingest-case.ts';
import { sweepObjects } from './sweep-objects.ts';

const day = 86_400_000;

/** Each object, and whether it is named by a row below or by a message that may still come. */
const objects: Readonly<Record<string, boolean>> = {
  'derived/t1/ds_1/at_1.parquet': false,
  'derived/t1/ds_8/at_1.parquet': true,
  'models/t1/trial_1/at_1.tar.gz': true,
  'tables/t1/ds_1/at_1.parquet': true,
  'tables/t1/ds_1/at_2.parquet': false,
  'tables/t1/ds_7/at_1.parquet': false,
  'uploads/t1/ds_1': true,
  'uploads/t1/ds_2': false,
  'uploads/t1/ds_3': true,
  'uploads/t1/ds_7': false,
};

async function sweptAt(now: number): Promise<{ deleted: number; left: string[] }> {
  await using ingest = await ingestCase({
    datasets: [
      { id: 'ds_1', upload_key: 'uploads/t1/ds_1', data_key: 'tables/t1/ds_1/at_1.parquet' },
      { ...announced, id: 'ds_2', upload_key: 'uploads/t1/ds_2', status: 'rejected' },
      { ...announced, id: 'ds_3', upload_key: 'uploads/t1/ds_3', status: 'validating' },
    ],
  });
  for (const key of Object.keys(objects)) await ingest.deps.store.put(key, new Uint8Array(1));
  const deleted = await sweepObjects(ingest.deps, now);
  return { deleted, left: await ingest.keys() };
}

test('what no row names is deleted, what one names stays', async () => {
  const named = Object.keys(objects).filter((key) => objects[key]);

  expect(await sweptAt(Date.now() + 2 * day)).toEqual({ deleted: 5, left: named });
});

test('young objects stay, since their transaction may still come', async () => {
  expect((await sweptAt(Date.now())).left).toEqual(Object.keys(objects));
});

test('a derived table that nobody came for is deleted after the longest life of a message', async () => {
  expect((await sweptAt(Date.now() + 16 * day)).left).not.toContain('derived/t1/ds_8/at_1.parquet');
});
