import type { Problem } from '@bellwether/contracts';
import { lockModel } from '@bellwether/database';
import { type Rows, requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type TrainingCase, trainingCase } from '../../test/training-case.ts';
import { deleteModel, deleteVersion } from './delete-models.ts';

const artifact = (version: number) => `models/t1/trial_${version}/at_1.tar.gz`;
const version = (number: number, change: object = {}) => ({
  version: number,
  trial_id: `trial_${number}`,
  artifact_key: artifact(number),
  ...change,
});
const rows: Rows = {
  models: [{ champion_version: 1, revision: 4, last_version: 3 }],
  versions: [version(1), version(2), version(3)],
};

async function registryCase(of: Rows = rows): Promise<TrainingCase> {
  const training = await trainingCase(of);
  for (const number of [1, 2, 3]) await training.deps.store.put(artifact(number), new Uint8Array(1));
  return training;
}

const removeVersion = (training: TrainingCase, number: number) =>
  deleteVersion(requested({ params: { name: 'm', version: number } }), training.deps);
const removeModel = (training: TrainingCase) => deleteModel(requested({ params: { name: 'm' } }), training.deps);

const refusalOf = async (work: unknown) => {
  try {
    await work;
    return undefined;
  } catch (error) {
    const { status, code } = error as Problem;
    return `${status} ${code}`;
  }
};

const versionsOf = async ({ database }: TrainingCase) =>
  (await database.read.selectFrom('model_versions').select('version').orderBy('version').execute()).map(
    (row) => row.version,
  );

test('a version goes with its artifact, and its number is not given again', async () => {
  await using training = await registryCase();

  await removeVersion(training, 3);

  expect(await versionsOf(training)).toEqual([1, 2]);
  expect(await training.keys()).toEqual([artifact(1), artifact(2)]);
  expect((await training.database.transact((tx) => lockModel(tx, 't1', 'm', 1))).last_version).toBe(3);
});

test.each<[string, number, Rows, string]>([
  ['the champion', 1, rows, '409 version-is-champion'],
  ['a version that is not there', 9, rows, '404 version-not-found'],
  [
    'a version of a job that has not chosen yet',
    2,
    { ...rows, jobs: [{ id: 'job_0', status: 'running' }] },
    '409 version-in-use',
  ],
  [
    'another tenant’s version',
    2,
    { models: [{ tenant_id: 't2' }], versions: [version(2, { tenant_id: 't2' })] },
    '404 model-not-found',
  ],
])('%s stays', async (_, number, of, refusal) => {
  await using training = await registryCase(of);
  const before = await versionsOf(training);

  expect(await refusalOf(removeVersion(training, number))).toBe(refusal);
  expect(await versionsOf(training)).toEqual(before);
  expect(await training.keys()).toHaveLength(3);
});

test('a model goes with all its versions and artifacts, and is unknown from then on', async () => {
  await using training = await registryCase();

  await removeModel(training);

  expect(await versionsOf(training)).toEqual([]);
  expect(await training.keys()).toEqual([]);
  expect(await refusalOf(removeModel(training))).toBe('404 model-not-found');
});

test('a model of the same name that comes later begins where the old one ended', async () => {
  await using training = await registryCase();

  await removeModel(training);

  // Replicas keep versions in memory by their numbers.
  expect(await training.database.transact((tx) => lockModel(tx, 't1', 'm', 1))).toMatchObject({
    champion_version: null,
    last_version: 3,
    revision: 5,
  });
});

test('a model that a job trains stays', async () => {
  await using training = await registryCase({ ...rows, jobs: [{ status: 'queued' }] });

  expect(await refusalOf(removeModel(training))).toBe('409 model-in-use');
  expect(await versionsOf(training)).toEqual([1, 2, 3]);
});
