import { expect, test } from '@jest/globals';
import { inferenceCase, keyOf } from '../../test/inference-case.ts';
import { modelsTaggedDefault } from './models-tagged-default.ts';

const version = (model: string, number: number, tags: object, change: object = {}) => ({
  model,
  version: number,
  trial_id: `${model}_${number}`,
  artifact_key: keyOf(1),
  created_at: number,
  tags: JSON.stringify(tags),
  ...change,
});

test('models with a tagged version are found, the newest version first, and of one tenant alone', async () => {
  await using inference = await inferenceCase({
    versions: [
      version('a', 1, { by: 'Ana', default: 'items' }),
      version('a', 4, {}),
      version('b', 2, { default: 'items' }),
      version('c', 3, { default: 'rows' }),
      version('d', 5, { note: '"default":"items"' }),
      version('e', 6, { default: 'items' }, { tenant_id: 't2' }),
    ],
  });

  expect(await modelsTaggedDefault(inference.database, 't1')).toEqual(['b', 'a']);
});
