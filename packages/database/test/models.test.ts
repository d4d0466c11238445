import {
  cancelOpenTrials,
  countTrials,
  findModel,
  findVersion,
  getTrial,
  hasArtifact,
  insertTrials,
  insertVersion,
  listModels,
  listVersions,
  lockModel,
  type ModelVersionTable,
  promote,
  type TrialTable,
  trialsOf,
  updateOpenTrial,
} from '@bellwether/database';
import { modelRow, trialRow, versionRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

onEachDialect((on) => {
  const { act } = on;
  const lock = (name: string, tenant = 't1', now = 1000) => act((tx) => lockModel(tx, tenant, name, now));

  /** Adds a version under the model's lock, as training does. */
  const addVersion = (change: Partial<ModelVersionTable>, name = 'm') =>
    act(async (tx) => {
      const { version: _, tenant_id: __, model: ___, ...row } = versionRow(change);
      return await insertVersion(tx, await lockModel(tx, 't1', name, 1000), row);
    });

  test('whoever locks a model first makes it, and it stays as it was made', async () => {
    expect(await findModel(on.read, 't1', 'm')).toBe(undefined);

    const made = await lock('m', 't1', 5);

    expect(made).toEqual(modelRow({ task: null, created_at: 5, updated_at: 5 }));
    expect(await lock('m', 't1', 9)).toEqual(made);
    expect(await findModel(on.read, 't1', 'm')).toEqual(made);
  });

  test('models of two tenants, and names in upper and lower case, are apart', async () => {
    await lock('m', 't1', 1);
    await lock('M', 't1', 2);
    await lock('m', 't2', 3);

    expect((await findModel(on.read, 't1', 'M'))?.created_at).toBe(2);
    expect((await findModel(on.read, 't2', 'm'))?.created_at).toBe(3);
    expect(await findModel(on.read, 't2', 'M')).toBe(undefined);
  });

  test('models are listed by the bytes of their names, page by page', async () => {
    for (const name of ['b', 'a', 'B', 'é', 'z', '_']) await lock(name);
    await lock('c', 't2');

    const first = await listModels(on.read, 't1', { limit: 4 });
    const rest = await listModels(on.read, 't1', { limit: 4, cursor: 'b' });

    expect(first.map(({ name }) => name)).toEqual(['B', '_', 'a', 'b']);
    expect(rest.map(({ name }) => name)).toEqual(['z', 'é']);
  });

  test('versions are numbered from 1, each model by itself', async () => {
    expect(await addVersion({ trial_id: 'a' })).toBe(1);
    expect(await addVersion({ trial_id: 'b', task: 'binary', created_at: 7000 })).toBe(2);
    expect(await addVersion({ trial_id: 'c' }, 'other')).toBe(1);

    expect(await findModel(on.read, 't1', 'm')).toMatchObject({ last_version: 2, task: 'binary', updated_at: 7000 });
  });

  test('numbers given at the same time are all different', async () => {
    const numbers = await Promise.all(Array.from({ length: 10 }, (_, at) => addVersion({ trial_id: `trial_${at}` })));

    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, at) => at + 1));
  });

  test('a trial has one version, and the number of a refused one is given again', async () => {
    await addVersion({ trial_id: 'a' });
    await expect(addVersion({ trial_id: 'a' })).rejects.toThrow();

    expect(await addVersion({ trial_id: 'b' })).toBe(2);
  });

  test('a version comes back as it was put in', async () => {
    const row = versionRow({ metrics: '{"rmse":1e-9}', target: 'prix €', duration: 0.1 + 0.2, seed: 2 ** 32 - 1 });
    await addVersion(row);

    expect(await findVersion(on.read, 't1', 'm', 1)).toEqual(row);
    expect(await findVersion(on.read, 't1', 'm', 2)).toBe(undefined);
    expect(await findVersion(on.read, 't2', 'm', 1)).toBe(undefined);
  });

  test('versions are listed newest first, and of one job when asked', async () => {
    for (const job_id of ['j1', 'j2', 'j1']) await addVersion({ trial_id: `trial ${Math.random()}`, job_id });

    const numbers = async (job?: string) => (await listVersions(on.read, 't1', 'm', job)).map(({ version }) => version);

    expect(await numbers()).toEqual([3, 2, 1]);
    expect(await numbers('j1')).toEqual([3, 1]);
    expect(await listVersions(on.read, 't2', 'm')).toEqual([]);
  });

  test('an artifact is the one that its trial’s version names', async () => {
    await addVersion({ trial_id: 'a', artifact_key: 'models/t1/a/at_1.tar.gz' });

    expect(await hasArtifact(on.read, 'a', 'models/t1/a/at_1.tar.gz')).toBe(true);
    expect(await hasArtifact(on.read, 'a', 'models/t1/a/at_2.tar.gz')).toBe(false);
    expect(await hasArtifact(on.read, 'b', 'models/t1/a/at_1.tar.gz')).toBe(false);
  });

  test('a champion is promoted from the revision that was looked at, and from no other', async () => {
    await lock('m');
    const from = (revision: number, version: number) =>
      act((tx) => promote(tx, { tenantId: 't1', name: 'm', revision }, version, 2000));

    expect(await from(0, 1)).toBe(true);
    expect(await from(0, 2)).toBe(false);
    expect(await findModel(on.read, 't1', 'm')).toMatchObject({ champion_version: 1, revision: 1, updated_at: 2000 });
    expect(await from(1, 1)).toBe(true);
    expect(await act((tx) => promote(tx, { tenantId: 't2', name: 'm', revision: 2 }, 3, 2000))).toBe(false);
  });

  const insert = (...rows: Partial<TrialTable>[]) => act((tx) => insertTrials(tx, rows.map(trialRow)));

  test('a trial comes back as it was put in', async () => {
    const row = trialRow({ score: 1 / 3, metrics: '{}', error: 'zu groß', version: 3, seed: 2 ** 40, started_at: 1 });
    await insert(row);

    expect(await getTrial(on.read, 'trial_1')).toEqual(row);
    expect(await getTrial(on.read, 'trial_2')).toBe(undefined);
  });

  test('a plan of a thousand trials goes in at once, and comes back in its order', async () => {
    await insert(...Array.from({ length: 1_000 }, (_, at) => ({ id: `trial_${at}`, position: 999 - at })));
    await insert();

    const trials = await trialsOf(on.read, 'job_1');

    expect(trials.map(({ position }) => position)).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
  });

  test('a place in a plan is taken once', async () => {
    await insert({});

    await expect(insert({ id: 'trial_2' })).rejects.toThrow();
  });

  test.each(['succeeded', 'failed', 'cancelled'] as const)('a trial that is %s stays so', async (status) => {
    await insert({});

    expect(await act((tx) => updateOpenTrial(tx, 'trial_1', { status, progress: 1 }))).toBe(true);
    expect(await act((tx) => updateOpenTrial(tx, 'trial_1', { status: 'running' }))).toBe(false);
    expect(await getTrial(on.read, 'trial_1')).toMatchObject({ status });
  });

  test('a change to what a trial is already has found it', async () => {
    await insert({ status: 'running', progress: 0.5 });

    expect(await act((tx) => updateOpenTrial(tx, 'trial_1', { progress: 0.5 }))).toBe(true);
    expect(await act((tx) => updateOpenTrial(tx, 'trial_2', { progress: 0.5 }))).toBe(false);
  });

  test('a cancelled job ends those of its trials that had not ended', async () => {
    await insert(
      { id: 'a', position: 0, status: 'succeeded', finished_at: 1 },
      { id: 'b', position: 1, status: 'running' },
      { id: 'c', position: 2 },
      { id: 'd', position: 0, job_id: 'job_2' },
    );

    await act((tx) => cancelOpenTrials(tx, 'job_1', 5000));

    const after = [...(await trialsOf(on.read, 'job_1')), ...(await trialsOf(on.read, 'job_2'))];
    expect(after.map(({ status, finished_at }) => [status, finished_at])).toEqual([
      ['succeeded', 1],
      ['cancelled', 5000],
      ['cancelled', 5000],
      ['queued', null],
    ]);
  });

  test('trials are counted from their rows', async () => {
    expect(await countTrials(on.read, 'job_1')).toMatchObject({ all: 0, ended: 0 });
    await insert(
      { id: 'a', position: 0, status: 'succeeded' },
      { id: 'b', position: 1, status: 'failed' },
      { id: 'c', position: 2, status: 'running', progress: 0.5 },
      { id: 'd', position: 0, job_id: 'job_2' },
    );

    expect(await countTrials(on.read, 'job_1')).toMatchObject({ all: 3, ended: 2 });
  });
});
