import { committed, received } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type InferenceCase, inferenceCase, keyOf } from '../../test/inference-case.ts';
import { loadChampion } from './load-champion.ts';

async function hear({ deps, database }: InferenceCase, model: string) {
  const message = received({ model, version: 1, revision: 1, reason: '' });
  const delivery = { signal: new AbortController().signal, attempt: 1 };
  return await committed(database, await loadChampion(message, deps, delivery));
}

test('a promoted version is loaded before the first request asks for it', async () => {
  await using inference = await inferenceCase();

  expect(await hear(inference, 'm')).toEqual([]);
  await inference.deps.models.get('t1', 'm');

  expect(inference.brought).toEqual([keyOf(1)]);
});

test('a version that cannot be loaded ahead is no reason to hear of it again', async () => {
  await using inference = await inferenceCase();
  await inference.store.delete(keyOf(1));

  expect(await hear(inference, 'm')).toEqual([]);
  expect(await hear(inference, 'gone')).toEqual([]);
});
