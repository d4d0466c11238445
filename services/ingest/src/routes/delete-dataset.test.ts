import type { Problem } from '@bellwether/contracts';
import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { ingestCase } from '../../test/ingest-case.ts';
import { deleteDataset } from './delete-dataset.ts';

async function deleted(rows: Rows) {
  await using ingest = await ingestCase(rows);
  for (const key of ['tables/t1/ds_1/at_1.parquet', 'uploads/t1/ds_1']) {
    await ingest.deps.store.put(key, new Uint8Array(1));
  }
  const request = requested<Parameters<typeof deleteDataset>[0]>({ params: { id: 'ds_1' } });
  let refusal: unknown;
  try {
    await deleteDataset(request, ingest.deps);
  } catch (error) {
    const { status, code } = error as Problem;
    refusal = [status, code];
  }
  return { refusal, row: await ingest.dataset(), objects: (await ingest.keys()).length };
}

const madeBy = (jobId: string) => ({ recipe: JSON.stringify({ jobId, part: 'train' }) });

test('a dataset goes with its objects', async () => {
  expect(await deleted({ datasets: [{}] })).toEqual({ refusal: undefined, row: undefined, objects: 0 });
});

test.each<[string, Rows]>([
  ['that a job reads', { datasets: [{}], jobs: [{ status: 'running' }] }],
  ['that a job waits for', { datasets: [{ status: 'validating' }], jobs: [{ status: 'waiting' }] }],
  [
    'that an enrichment is still making others beside',
    { datasets: [madeBy('job_1')], jobs: [{ kind: 'enrichment', status: 'running', dataset_id: 'ds_0' }] },
  ],
])('a dataset %s stays', async (_, rows) => {
  const { refusal, row, objects } = await deleted(rows);

  expect(refusal).toEqual([409, 'dataset-in-use']);
  expect([row?.id, objects]).toEqual(['ds_1', 2]);
});

test('the ends of its jobs free a dataset', async () => {
  const jobs = [{ status: 'succeeded', kind: 'enrichment' }] as const;

  expect((await deleted({ datasets: [madeBy('job_1')], jobs })).refusal).toBeUndefined();
});

test.each<[string, Rows]>([
  ['another tenant’s dataset', { datasets: [{ tenant_id: 't2' }] }],
  ['one that never was', {}],
])('%s is unknown, and nothing is deleted', async (_, rows) => {
  const { refusal, objects } = await deleted(rows);

  expect(refusal).toEqual([404, 'dataset-not-found']);
  expect(objects).toBe(2);
});
