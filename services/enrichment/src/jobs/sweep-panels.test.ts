import { expect, test } from '@jest/globals';
import { enrichmentCase } from '../../test/enrichment-case.ts';
import { sweepPanels } from './sweep-panels.ts';

const day = 86_400_000;
const panel = (jobId: string, attempt: string) => `panels/t1/${jobId}/${attempt}/panel.json`;
const chunk = (jobId: string, attempt: string) => `panels/t1/${jobId}/${attempt}/chunk-00000.bin`;
const job = (id: string, status: 'running' | 'succeeded' | 'failed', panelKey?: string) => ({
  id,
  kind: 'forecast' as const,
  status,
  result: JSON.stringify({ step: 'import', ...(panelKey === undefined ? {} : { panelKey }) }),
});

/** Each object, and whether it stays. */
const objects: Readonly<Record<string, boolean>> = {
  [chunk('job_at_work', 'at_1')]: true,
  [panel('job_at_work', 'at_1')]: true,
  [panel('job_at_work', 'at_2')]: false,
  [panel('job_early', 'at_1')]: true,
  [panel('job_failed', 'at_1')]: false,
  [panel('job_gone', 'at_1')]: false,
  [panel('job_swept', 'at_1')]: false,
  [chunk('job_trained', 'at_1')]: true,
  [panel('job_trained', 'at_1')]: true,
  [chunk('job_trained', 'at_2')]: false,
  'tables/t1/ds_1/at_1.parquet': true,
};

async function swept(now: number) {
  await using enrichment = await enrichmentCase({
    jobs: [
      job('job_at_work', 'running', panel('job_at_work', 'at_1')),
      job('job_early', 'running'),
      job('job_failed', 'failed', panel('job_failed', 'at_1')),
      job('job_swept', 'succeeded', panel('job_swept', 'at_1')),
      job('job_trained', 'succeeded', panel('job_trained', 'at_1')),
    ],
  });
  const { database, store } = enrichment.deps;
  await database.transact(async (tx) => {
    const row = { tenant_id: 't1', model: 'm', version: 1, dataset_id: 'ds_1', summary: '{}', created_at: 1 };
    await tx
      .insertInto('forecasters')
      .values({ ...row, job_id: 'job_trained', artifact_key: 'forecasters/t1/job_trained/at_1.json' })
      .execute();
  });
  for (const key of Object.keys(objects)) await store.put(key, new Uint8Array(1));
  await sweepPanels(enrichment.deps, now);
  return await enrichment.keys('');
}

test('a panel stays while its job is open or its forecaster is there; others go, and attempts that lost', async () => {
  expect(await swept(Date.now() + 2 * day)).toEqual(
    Object.keys(objects)
      .filter((key) => objects[key])
      .toSorted(),
  );
});

test('young panels stay, since their transaction may still come', async () => {
  expect(await swept(Date.now())).toHaveLength(Object.keys(objects).length);
});
