import {
  deleteVersionRow,
  findVersion,
  insertJob,
  type JobTable,
  listVersions,
  type ModelVersionTable,
  markModelDeleted,
  modelsWithRetention,
  openJobsOfModel,
  promote,
  setRetention,
  setTags,
} from '@bellwether/database';
import { insertRows, jobRow, modelRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const key = { tenant_id: 't1', model: 'm', version: 1 };

onEachDialect((on) => {
  const { act } = on;
  const versions = (...rows: Partial<ModelVersionTable>[]) => insertRows(on.database, { versions: rows });

  test('tags replace those of one version', async () => {
    await versions({}, { version: 2 }, { tenant_id: 't2', trial_id: 'other' });

    await act((tx) => setTags(tx, key, '{"stage":"Größe"}'));

    expect((await findVersion(on.read, 't1', 'm', 1))?.tags).toBe('{"stage":"Größe"}');
    expect((await findVersion(on.read, 't1', 'm', 2))?.tags).toBe('{}');
    expect((await findVersion(on.read, 't2', 'm', 1))?.tags).toBe('{}');
  });

  test('models with a rule of retention are those of all tenants that are not deleted', async () => {
    const models = [{ name: 'a' }, { name: 'b' }, { name: 'b', tenant_id: 't2' }, { name: 'c' }];
    await insertRows(on.database, { models });
    await act(async (tx) => {
      await setRetention(tx, { tenant_id: 't1', name: 'b' }, '{"keep":3}', 2000);
      await setRetention(tx, { tenant_id: 't2', name: 'b' }, '{"keep":1}', 2000);
      await setRetention(tx, { tenant_id: 't1', name: 'c' }, '{"keep":1}', 2000);
      await setRetention(tx, { tenant_id: 't1', name: 'c' }, null, 3000);
    });

    const kept = await modelsWithRetention(on.read);
    expect(kept.map(({ tenant_id, name, retention }) => [tenant_id, name, retention]).sort()).toEqual([
      ['t1', 'b', '{"keep":3}'],
      ['t2', 'b', '{"keep":1}'],
    ]);

    await act((tx) => markModelDeleted(tx, modelRow({ name: 'b' }), 4000));
    expect((await modelsWithRetention(on.read)).map(({ tenant_id }) => tenant_id)).toEqual(['t2']);
  });

  test('a deleted model has no champion, and a promotion from before comes too late', async () => {
    const model = modelRow({ champion_version: 2, revision: 5, last_version: 2 });
    await insertRows(on.database, { models: [model] });

    await act((tx) => markModelDeleted(tx, model, 4000));

    expect(await act((tx) => promote(tx, { tenantId: 't1', name: 'm', revision: 5 }, 1, 5000))).toBe(false);
    expect(await on.read.selectFrom('models').selectAll().executeTakeFirst()).toMatchObject({
      deleted_at: 4000,
      champion_version: null,
      revision: 6,
      last_version: 2,
    });
  });

  test('the row of one version is deleted', async () => {
    await versions({}, { version: 2 }, { tenant_id: 't2', trial_id: 'other' });

    await act((tx) => deleteVersionRow(tx, key));

    expect((await listVersions(on.read, 't1', 'm')).map(({ version }) => version)).toEqual([2]);
    expect(await listVersions(on.read, 't2', 'm')).toHaveLength(1);
  });

  test('the open jobs of a model are its tenant’s that have not ended', async () => {
    const jobs: Partial<JobTable>[] = [
      { id: 'a' },
      { id: 'b', status: 'running' },
      { id: 'c', status: 'failed' },
      { id: 'd', model: 'M' },
      { id: 'e', tenant_id: 't2' },
    ];
    await act(async (tx) => {
      for (const row of jobs) await insertJob(tx, jobRow(row));
    });

    const open = await openJobsOfModel(on.read, { tenant_id: 't1', name: 'm' });

    expect(open.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });
});
