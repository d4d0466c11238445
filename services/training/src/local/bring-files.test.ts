import { access } from 'node:fs/promises';
import { ObjectStoreError } from '@bellwether/platform';
import { expect, test } from '@jest/globals';
import { trainingCase } from '../../test/training-case.ts';
import { bringFiles } from './bring-files.ts';

const keys = { dataKey: 'tables/t1/ds_1/at_1', artifactKey: 'models/t1/trial_1/at_1' };

test('table and artifact come as files', async () => {
  await using training = await trainingCase();
  const { store } = training.deps;
  for (const key of Object.values(keys)) await store.put(key, new Uint8Array(1));

  await using files = await bringFiles(keys, store);

  if (files.gone !== undefined) throw new Error(files.gone);
  for (const file of [files.table, files.artifact]) await access(String(file?.path));
});

test.each([
  ['table', keys.artifactKey, keys.dataKey],
  ['model', keys.dataKey, keys.artifactKey],
])('a %s that is gone is a verdict that names it', async (_, present, gone) => {
  await using training = await trainingCase();
  await training.deps.store.put(present, new Uint8Array(1));

  await using files = await bringFiles(keys, training.deps.store);

  expect(files.gone).toMatch(/^object-gone: /);
  expect(files.gone).toContain(gone);
});

test('a store that does not answer is thrown, and what was brought is removed', async () => {
  let disposed = 0;
  const copy = { path: '/nowhere', [Symbol.asyncDispose]: async () => void disposed++ };
  const store = {
    localCopy: async (key: string) => {
      if (key === keys.artifactKey) throw new ObjectStoreError('store-unavailable', 'no answer');
      return copy;
    },
  };

  await expect(bringFiles(keys, store)).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(disposed).toBe(1);
});
