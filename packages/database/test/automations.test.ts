import {
  type AutomationTable,
  claimTrigger,
  deleteAutomation,
  dueAutomations,
  findAutomation,
  getJob,
  insertAutomation,
  insertJob,
  insertRefusedStep,
  lastRuns,
  listAutomations,
  lockAutomationsOf,
  lockOpenRun,
  noteCountedRows,
  openSteps,
  setNextTick,
} from '@bellwether/database';
import { jobRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const row = (change: Partial<AutomationTable> = {}): AutomationTable => ({
  id: 'a1',
  tenant_id: 't1',
  name: null,
  dataset_name: 'orders',
  definition: '{}',
  cron: null,
  time_zone: null,
  next_at: null,
  new_rows: null,
  counted_rows: null,
  counted_id: null,
  created_at: 1000,
  ...change,
});
const trigger = (trigger_key: string, job_id: string, automation_id = 'a1') => ({
  automation_id,
  trigger_key,
  job_id,
  tenant_id: 't1',
  created_at: 1000,
});

onEachDialect((on) => {
  const { act } = on;
  const insert = (...rows: Partial<AutomationTable>[]) =>
    act(async (tx) => {
      for (const each of rows) await insertAutomation(tx, row(each));
    });

  test('a tenant finds, lists and deletes its own', async () => {
    await insert({}, { id: 'a2' }, { id: 'a3', tenant_id: 't2' });

    expect(await findAutomation(on.read, 't1', 'a1')).toEqual(row());
    expect(await findAutomation(on.read, 't1', 'a3')).toBe(undefined);
    expect((await listAutomations(on.read, 't1', { limit: 10 })).map(({ id }) => id)).toEqual(['a2', 'a1']);
    expect((await listAutomations(on.read, 't1', { limit: 10, cursor: 'a2' })).map(({ id }) => id)).toEqual(['a1']);
    expect(await act((tx) => deleteAutomation(tx, 't1', 'a3'))).toBe(false);
    expect(await act((tx) => deleteAutomation(tx, 't1', 'a1'))).toBe(true);
    expect(await findAutomation(on.read, 't1', 'a1')).toBe(undefined);
  });

  test('those that wait for datasets of a name are a tenant’s, of that name to the letter, and not by the clock', async () => {
    await insert(
      {},
      { id: 'a2', cron: '* * * * *' },
      { id: 'a3', dataset_name: 'Orders' },
      { id: 'a4', tenant_id: 't2' },
      { id: 'a5' },
    );
    await act((tx) => noteCountedRows(tx, 'a5', { rows: 7, datasetId: 'ds_1' }));

    const locked = await act((tx) => lockAutomationsOf(tx, 't1', 'orders'));

    expect(locked.map(({ id, counted_rows, counted_id }) => [id, counted_rows, counted_id])).toEqual([
      ['a1', null, null],
      ['a5', 7, 'ds_1'],
    ]);
  });

  test('due is what has a time that has come, of all tenants, the longest first', async () => {
    await insert(
      { next_at: 30 },
      { id: 'a2', next_at: 10, tenant_id: 't2' },
      { id: 'a3', next_at: 31 },
      { id: 'a4' },
      { id: 'a5', next_at: 5 },
    );
    await act((tx) => setNextTick(tx, 'a5', null));

    expect((await dueAutomations(on.read, 30, 10)).map(({ id }) => id)).toEqual(['a2', 'a1']);
    expect(await dueAutomations(on.read, 30, 1)).toEqual([{ id: 'a2', tenant_id: 't2' }]);
  });

  test('a trigger leads to one run of an automation, also of two at once', async () => {
    const claims = await Promise.all(['r1', 'r2'].map((job) => act((tx) => claimTrigger(tx, trigger('ds_1', job)))));
    const others = [trigger('ds_2', 'r3'), trigger('ds_1', 'r4', 'a2')];
    const more = await Promise.all(others.map((each) => act((tx) => claimTrigger(tx, each))));

    expect(claims.toSorted()).toEqual([false, true]);
    expect(more).toEqual([true, true]);
  });

  test('the last runs come with their states, newest first', async () => {
    await act(async (tx) => {
      await claimTrigger(tx, trigger('ds_1', 'r1'));
      await claimTrigger(tx, trigger('ds_2', 'r2'));
      await insertJob(tx, jobRow({ id: 'r1', kind: 'automation', status: 'failed' }));
    });

    expect((await lastRuns(on.read, 'a1', 10)).map(({ job_id, status }) => [job_id, status])).toEqual([
      ['r2', null],
      ['r1', 'failed'],
    ]);
    expect(await lastRuns(on.read, 'a1', 1)).toHaveLength(1);
  });

  test('a run is locked while it is open, and its open steps are found by kind', async () => {
    const step = { parent_id: 'r1', status: 'running' } as const;
    await act(async (tx) => {
      await insertJob(tx, jobRow({ id: 'r1', kind: 'automation', status: 'running' }));
      await insertJob(tx, jobRow({ id: 'r2', kind: 'automation', status: 'succeeded' }));
      await insertJob(tx, jobRow({ ...step, id: 's1' }));
      await insertJob(tx, jobRow({ ...step, id: 's2', status: 'succeeded' }));
      await insertJob(tx, jobRow({ ...step, id: 's3', kind: 'enrichment' }));
    });

    expect(await act((tx) => lockOpenRun(tx, 'r1'))).toMatchObject({ id: 'r1' });
    expect(await act((tx) => lockOpenRun(tx, 'r2'))).toBe(undefined);
    expect((await openSteps(on.read, 'r1', 'training')).map(({ id }) => id)).toEqual(['s1']);
  });

  test('a step that is refused is a job that has failed', async () => {
    const refused = { id: 's1', tenant_id: 't1', kind: 'training', runId: 'r1', code: 'no', detail: 'Nein!' } as const;
    await act((tx) => insertJob(tx, jobRow({ id: 'r1', kind: 'automation', status: 'running', dataset_id: 'ds_7' })));

    const ended = await act((tx) => insertRefusedStep(tx, refused, 5000));

    expect(ended).toEqual({ jobId: 's1', status: 'failed', reason: 'Nein!' });
    expect(await getJob(on.read, 's1')).toMatchObject({
      status: 'failed',
      parent_id: 'r1',
      dataset_id: 'ds_7',
      error_code: 'no',
      finished_at: 5000,
    });
  });
});
