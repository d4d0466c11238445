import {
  championsWithRecipe,
  deleteGeneration,
  findItem,
  findItemFeatures,
  hasOlderAppends,
  type ItemFeaturesTable,
  inheritFrom,
  insertItems,
  itemsAround,
  lockUploadsOf,
  newestUploadOf,
  orphanedGenerations,
  putItemFeatures,
  servedHistories,
  statusByUpload,
} from '@bellwether/database';
import { datasetRow, modelRow, versionRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const features = (change: Partial<ItemFeaturesTable> = {}): ItemFeaturesTable => ({
  tenant_id: 't1',
  model: 'm',
  revision: 1,
  generation: 'gen_1',
  dataset_id: 'ds_1',
  version: 1,
  recipe: '{}',
  source_schema: '[]',
  period_start: 0,
  history_key: 'items/t1/gen_1.parquet',
  item_count: 2,
  promoted_at: 1000,
  updated_at: 1000,
  ...change,
});

const items = (generation: string, ...names: string[]) =>
  names.map((item) => ({ generation, item, features: '{"x":1}', created_at: 1000 }));

onEachDialect((subject) => {
  test('one generation of items counts, and those that nothing names are found', async () => {
    await subject.act(async (tx) => {
      await insertItems(tx, items('gen_1', 'a', 'Z', 'ü'));
      await insertItems(tx, items('gen_2', 'a'));
      await putItemFeatures(tx, features());
      await putItemFeatures(tx, features({ revision: 2, generation: 'gen_2', history_key: 'items/t1/gen_2.parquet' }));
    });

    expect(await findItemFeatures(subject.read, 't1', 'm')).toMatchObject({ revision: 2, generation: 'gen_2' });
    expect(await findItemFeatures(subject.read, 't2', 'm')).toBeUndefined();
    expect(await findItem(subject.read, 'gen_1', 'A')).toBeUndefined();
    expect(await itemsAround(subject.read, 'gen_1', 'b', 2)).toEqual(['Z', 'a', 'ü']);
    expect(await orphanedGenerations(subject.read, 2000)).toEqual(['gen_1']);
    expect(await orphanedGenerations(subject.read, 1000)).toEqual([]);
    expect(await servedHistories(subject.read)).toEqual(new Set(['items/t1/gen_2.parquet']));
    await subject.act((tx) => deleteGeneration(tx, 'gen_1'));
    expect(await orphanedGenerations(subject.read, 2000)).toEqual([]);
  });

  test('champions with a recipe are those of models that are there', async () => {
    await subject.act(async (tx) => {
      for (const [name, champion_version, deleted_at] of [
        ['a', 1, null],
        ['b', 2, null],
        ['c', 1, 5],
        ['d', null, null],
      ] as const) {
        await tx.insertInto('models').values(modelRow({ name, champion_version, deleted_at })).execute();
        const versions = [versionRow({ model: name, trial_id: `${name}1`, recipe: '{"source":"s"}' })];
        versions.push(versionRow({ model: name, trial_id: `${name}2`, version: 2 }));
        await tx.insertInto('model_versions').values(versions).execute();
      }
    });
    expect(await championsWithRecipe(subject.read, 't1')).toEqual([
      { model: 'a', version: 1, recipe: '{"source":"s"}', tags: '{}' },
    ]);
    expect(await championsWithRecipe(subject.read, 't2')).toEqual([]);
  });

  test('rows are appended to the newest uploaded dataset before them, and wait for those accepted earlier', async () => {
    const pending = { status: 'validating', data_key: null } as const;
    const rows = [
      datasetRow({ id: 'ds_1' }),
      datasetRow({ id: 'ds_2', upload_key: null }),
      datasetRow({ id: 'ds_3', ...pending, upload_key: 'rows/t1/rows_3' }),
      datasetRow({ id: 'ds_4', ...pending, upload_key: 'rows/t1/rows_4' }),
      datasetRow({ id: 'ds_5' }),
    ];
    await subject.act(async (tx) => {
      await tx.insertInto('datasets').values(rows).execute();
      await lockUploadsOf(tx, 't1', 'plane');
    });
    const [, , third, fourth] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];

    expect(await newestUploadOf(subject.read, 't1', 'plane')).toMatchObject({ id: 'ds_5' });
    expect(await newestUploadOf(subject.read, 't1', 'plane', 'ds_5')).toMatchObject({ id: 'ds_1' });
    expect(await hasOlderAppends(subject.read, third)).toBe(false);
    expect(await hasOlderAppends(subject.read, fourth)).toBe(true);
    expect(await statusByUpload(subject.read, 't1', 'rows/t1/rows_3')).toBe('validating');
    expect(await statusByUpload(subject.read, 't2', 'rows/t1/rows_3')).toBeUndefined();
    await subject.act((tx) => inheritFrom(tx, 'ds_3', datasetRow({ id: 'ds_1', roles: '{"item":"x"}' })));
    expect(await newestUploadOf(subject.read, 't1', 'nowhere')).toBeUndefined();
  });
});
