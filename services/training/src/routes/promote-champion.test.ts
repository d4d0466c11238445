import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type TrainingCase, trainingCase } from '../../test/training-case.ts';
import { promoteChampion } from './promote-champion.ts';

const rows = {
  models: [{ champion_version: 1, revision: 4, last_version: 2 }],
  versions: [{ version: 1 }, { version: 2 }],
};

async function promote(training: TrainingCase, body: { version: number; revision?: number }) {
  const request = requested<Parameters<typeof promoteChampion>[0]>({ params: { name: 'm' }, body });
  const answer = await promoteChampion(request, training.deps);
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  return await training.database.transact(answer.commit);
}

test('a version is promoted, and everyone hears the new revision', async () => {
  await using training = await trainingCase(rows);

  const { body, messages } = await promote(training, { version: 2 });

  expect(body).toMatchObject({ champion: 2, revision: 5 });
  expect(messages).toMatchObject([{ body: { model: 'm', version: 2, revision: 5 } }]);
});

test('two who decide on the same revision: the second is told to look again', async () => {
  await using training = await trainingCase(rows);

  await promote(training, { version: 2, revision: 4 });

  await expect(promote(training, { version: 1, revision: 4 })).rejects.toMatchObject({
    status: 409,
    code: 'revision-changed',
    options: { field: 'revision' },
  });
});

test('a version that is not there is refused and changes nothing', async () => {
  await using training = await trainingCase(rows);

  await expect(promote(training, { version: 3 })).rejects.toMatchObject({ status: 404, code: 'version-not-found' });
  expect(await training.database.read.selectFrom('models').selectAll().execute()).toMatchObject([{ revision: 4 }]);
});

test('another tenant’s model is not there, and is not made', async () => {
  await using training = await trainingCase({ models: [{ tenant_id: 't2' }], versions: [{ tenant_id: 't2' }] });

  await expect(promote(training, { version: 1 })).rejects.toMatchObject({ status: 404, code: 'model-not-found' });
  expect(await training.database.read.selectFrom('models').selectAll().execute()).toHaveLength(1);
});
