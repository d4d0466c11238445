import type { ForecastPartTable } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { inferenceCase } from '../../test/inference-case.ts';
import { sweepForecasts } from './sweep-forecasts.ts';

const day = 86_400_000;
const of = (jobId: string, name: string) => `forecasts/t1/${jobId}/${name}`;

/** Each object, and whether it stays. */
const objects: Readonly<Record<string, boolean>> = {
  [of('job_at_work', 'at_1.csv')]: true,
  [of('job_at_work', 'at_1.csv.backtests')]: true,
  [of('job_at_work', 'at_2.csv')]: false,
  [of('job_done', 'at_1.csv')]: false,
  [of('job_gone', 'at_1.csv')]: false,
  [of('job_scoring', 'at_1.csv')]: false,
};

const part = (jobId: string): ForecastPartTable => ({
  id: `${jobId}-part-0`,
  job_id: jobId,
  tenant_id: 't1',
  position: 0,
  status: 'succeeded',
  output_key: of(jobId, 'at_1.csv'),
  error_code: null,
  error_detail: null,
  finished_at: 1,
});

async function swept(now: number): Promise<string[]> {
  const job = (id: string, status: 'running' | 'succeeded', step: string) =>
    ({ id, kind: 'forecast', status, result: JSON.stringify({ step }) }) as const;
  await using inference = await inferenceCase({
    jobs: [
      job('job_at_work', 'running', 'forecast'),
      job('job_done', 'succeeded', 'notify'),
      job('job_scoring', 'running', 'export-results'),
    ],
  });
  const { database, store } = inference.deps;
  const parts = ['job_at_work', 'job_done', 'job_scoring'].map(part);
  await database.transact((tx) => tx.insertInto('forecast_parts').values(parts).execute());
  for (const key of Object.keys(objects)) await store.put(key, new Uint8Array(1));
  await sweepForecasts(inference.deps, now);
  const left: string[] = [];
  for await (const { key } of store.list('forecasts/')) left.push(key);
  return left;
}

test('rows stay until those of all parts are put together; other attempts go, and what nobody waits for', async () => {
  expect(await swept(Date.now() + 2 * day)).toEqual(Object.keys(objects).filter((key) => objects[key]));
});

test('young rows stay, since their transaction may still come', async () => {
  expect(await swept(Date.now())).toEqual(Object.keys(objects));
});
