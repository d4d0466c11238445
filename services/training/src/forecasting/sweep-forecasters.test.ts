import type { ForecastFitTable } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { sweepForecasters } from './sweep-forecasters.ts';

const day = 86_400_000;
const of = (jobId: string, name: string) => `forecasters/t1/${jobId}/${name}`;

/** Each object, and whether it stays. */
const objects: Readonly<Record<string, boolean>> = {
  [of('job_at_work', 'at_1.global.0')]: true,
  [of('job_at_work', 'at_1.global.final')]: true,
  [of('job_at_work', 'at_2.global.0')]: false,
  [of('job_failed', 'at_1.chunk')]: false,
  [of('job_gone', 'at_1.chunk')]: false,
  [of('job_trained', 'at_1.chunk')]: true,
  [of('job_trained', 'at_1.chunk.summary')]: true,
  [of('job_trained', 'at_11.chunk')]: false,
  [of('job_trained', 'at_2.json')]: true,
  [of('job_trained', 'at_2.summary')]: true,
  [of('job_trained', 'at_3.json')]: false,
};

const fit = (jobId: string, stage: ForecastFitTable['stage']): ForecastFitTable => ({
  id: `${jobId}-${stage}-0`,
  job_id: jobId,
  tenant_id: 't1',
  stage,
  position: 0,
  status: 'succeeded',
  output_key: of(jobId, `at_1.${stage}`),
  error_code: null,
  error_detail: null,
  finished_at: 1,
});

async function swept(now: number) {
  const kind = 'forecast';
  await using training = await trainingCase({
    jobs: [
      { id: 'job_at_work', kind, status: 'running' },
      { id: 'job_failed', kind, status: 'failed' },
      { id: 'job_trained', kind, status: 'succeeded' },
    ],
  });
  await training.database.transact(async (tx) => {
    const fits = [fit('job_at_work', 'global'), fit('job_failed', 'chunk'), fit('job_trained', 'chunk')];
    await tx.insertInto('forecast_fits').values(fits).execute();
    const row = { tenant_id: 't1', model: 'm', version: 1, dataset_id: 'ds_1', summary: '{}', created_at: 1 };
    await tx
      .insertInto('forecasters')
      .values({ ...row, job_id: 'job_trained', artifact_key: of('job_trained', 'at_2.json') })
      .execute();
  });
  for (const key of Object.keys(objects)) await training.deps.store.put(key, new Uint8Array(1));
  const deleted = await sweepForecasters(training.deps, now);
  return { deleted, left: await training.keys() };
}

test('what a forecaster or an open job consists of stays; other attempts go, and what belongs to no forecaster', async () => {
  const named = Object.keys(objects).filter((key) => objects[key]);

  expect(await swept(Date.now() + 2 * day)).toEqual({ deleted: 5, left: named });
});

test('young objects stay, since their transaction may still come', async () => {
  expect(await swept(Date.now())).toEqual({ deleted: 0, left: Object.keys(objects) });
});
