import { requested } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type TrainingCase, trainingCase } from '../../test/training-case.ts';
import { setRetention } from './set-retention.ts';
import { tagVersion } from './tag-version.ts';

const rows = { models: [{ champion_version: 1, last_version: 2 }], versions: [{ version: 1 }, { version: 2 }] };

type Answer = Awaited<ReturnType<typeof tagVersion> | ReturnType<typeof setRetention>>;

async function accepted(training: TrainingCase, answer: Answer) {
  if (!('commit' in answer)) throw new Error('nothing was accepted');
  return (await training.database.transact<{ body: unknown }>(answer.commit)).body;
}

const tag = async (training: TrainingCase, version: number, tags: Record<string, string>) =>
  accepted(training, await tagVersion(requested({ params: { name: 'm', version }, body: { tags } }), training.deps));

test('the tags of a version are replaced as a whole, and no other version’s', async () => {
  await using training = await trainingCase(rows);

  await tag(training, 1, { stage: 'test', owner: 'ann' });
  const body = await tag(training, 1, { stage: 'live' });

  expect(body).toMatchObject({ version: 1, champion: true, tags: { stage: 'live' } });
  const stored = await training.database.read.selectFrom('model_versions').select('tags').orderBy('version').execute();
  expect(stored.map(({ tags }) => tags)).toEqual(['{"stage":"live"}', '{}']);
});

test('tags that no row could hold, and versions that are not there, are refused', async () => {
  await using training = await trainingCase(rows);
  const long = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`tag ${i}`, 'x'.repeat(500)]));

  await expect(tag(training, 1, long)).rejects.toMatchObject({ status: 422, code: 'tags-too-long' });
  await expect(tag(training, 7, {})).rejects.toMatchObject({ status: 404, code: 'version-not-found' });
});

test('a rule of retention is shown with its model, and an empty one takes it away', async () => {
  await using training = await trainingCase(rows);
  const set = async (body: object) =>
    accepted(training, await setRetention(requested({ params: { name: 'm' }, body }), training.deps));

  expect(await set({ keepLast: 3 })).toMatchObject({ name: 'm', retention: { keepLast: 3 } });
  expect(await set({})).not.toHaveProperty('retention');
});
