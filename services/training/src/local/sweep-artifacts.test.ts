import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { sweepArtifacts } from './sweep-artifacts.ts';

const day = 86_400_000;
const named = 'models/t1/trial_1/at_1.tar.gz';
const lost = 'models/t1/trial_1/at_2.tar.gz';
const foreign = 'models/t2/trial_2/at_1.tar.gz';

async function swept(now: number) {
  await using training = await trainingCase({ versions: [{ trial_id: 'trial_1', artifact_key: named }] });
  const { store } = training.deps;
  for (const key of [named, lost, foreign, 'tables/t1/ds_1/at_1.parquet']) await store.put(key, new Uint8Array(1));
  const deleted = await sweepArtifacts(training.deps, now);
  return { deleted, left: await training.keys() };
}

test('old artifacts that no version names are deleted; named ones and other objects stay', async () => {
  expect(await swept(Date.now() + 2 * day)).toEqual({ deleted: 2, left: [named, 'tables/t1/ds_1/at_1.parquet'] });
});

test('young artifacts stay, since their transaction may still come', async () => {
  const { deleted, left } = await swept(Date.now());

  expect([deleted, left.length]).toEqual([0, 4]);
});
