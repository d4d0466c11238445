import type { Rows } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { applyRetention } from './apply-retention.ts';

const version = (number: number, change: object = {}) => ({
  version: number,
  trial_id: `trial_${number}`,
  artifact_key: `models/t1/trial_${number}/at_1.tar.gz`,
  ...change,
});

const rows: Rows = {
  models: [{ champion_version: 1, last_version: 4, retention: '{"keepLast":1}' }],
  versions: [version(1), version(2), version(3, { job_id: 'job_1' }), version(4)],
};

async function applied(of: Rows) {
  await using training = await trainingCase(of);
  for (const number of [1, 2, 3, 4]) await training.deps.store.put(version(number).artifact_key, new Uint8Array(1));
  const deleted = await applyRetention(training.deps);
  const left = await training.database.read.selectFrom('model_versions').select('version').orderBy('version').execute();
  return { deleted, left: left.map((row) => row.version), objects: (await training.keys()).length };
}

test('what a rule gives up goes with its artifact; the champion stays', async () => {
  expect(await applied(rows)).toEqual({ deleted: 2, left: [1, 4], objects: 2 });
});

test('what a job that has not ended made stays until the next time', async () => {
  expect(await applied({ ...rows, jobs: [{ status: 'running' }] })).toEqual({
    deleted: 1,
    left: [1, 3, 4],
    objects: 3,
  });
});

test('a model without a rule keeps all', async () => {
  expect(await applied({ ...rows, models: [{ last_version: 4 }] })).toMatchObject({ deleted: 0, objects: 4 });
});
