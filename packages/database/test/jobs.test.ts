import {
  addJobEvent,
  findJob,
  getJob,
  hasOpenJob,
  insertJob,
  isJobOpen,
  type JobEventTable,
  type JobTable,
  jobEventsAfter,
  jobsWaitingFor,
  listJobs,
  lockJob,
  updateOpenJob,
} from '@bellwether/database';
import { jobRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const open = ['queued', 'waiting', 'running'] as const;
const ended = ['succeeded', 'failed', 'cancelled'] as const;

onEachDialect((on) => {
  const { act } = on;
  const insert = (...rows: Partial<JobTable>[]) =>
    act(async (tx) => {
      for (const row of rows) await insertJob(tx, jobRow(row));
    });

  test('a row comes back as it was put in', async () => {
    const row = jobRow({ plan: '{"a":1}', result: '[]', error_code: 'no', error_detail: 'Nein!', progress: 1 / 3 });
    await insert(row);

    expect(await getJob(on.read, 'job_1')).toEqual(row);
    expect(await findJob(on.read, 't1', 'job_1')).toEqual(row);
    expect(await act((tx) => lockJob(tx, 'job_1'))).toEqual(row);
  });

  test('a job that is not there is undefined, and so is another tenant’s', async () => {
    await insert({});

    expect(await getJob(on.read, 'job_2')).toBe(undefined);
    expect(await act((tx) => lockJob(tx, 'job_2'))).toBe(undefined);
    expect(await findJob(on.read, 't2', 'job_1')).toBe(undefined);
  });

  test('a list has one tenant’s jobs, newest first, narrowed by status, kind and model', async () => {
    await insert(
      { id: 'a' },
      { id: 'b', status: 'failed' },
      { id: 'c', kind: 'enrichment', model: null },
      { id: 'd', model: 'M' },
      { id: 'e', tenant_id: 't2' },
    );
    const ids = async (filter: object) => (await listJobs(on.read, 't1', { limit: 10, ...filter })).map(({ id }) => id);

    expect(await ids({})).toEqual(['d', 'c', 'b', 'a']);
    expect(await ids({ limit: 2, cursor: 'd' })).toEqual(['c', 'b']);
    expect(await ids({ status: 'failed' })).toEqual(['b']);
    expect(await ids({ kind: 'enrichment' })).toEqual(['c']);
    expect(await ids({ model: 'm', status: 'queued' })).toEqual(['a']);
  });

  test('the jobs that wait for a dataset are those of one kind', async () => {
    await insert(
      { id: 'a', status: 'waiting' },
      { id: 'b', status: 'waiting', dataset_id: 'ds_2' },
      { id: 'c', status: 'waiting', kind: 'enrichment' },
      { id: 'd', status: 'queued' },
    );

    const waiting = await act((tx) => jobsWaitingFor(tx, 'training', 'ds_1'));

    expect(waiting.map(({ id }) => id)).toEqual(['a']);
  });

  test.each(open)('a job that is %s can still run, and change', async (status) => {
    await insert({ status });

    expect(await isJobOpen(on.read, 'job_1')).toBe(true);
    expect(await hasOpenJob(on.read, 'ds_1')).toBe(true);
    expect(await act((tx) => updateOpenJob(tx, 'job_1', { status: 'succeeded', progress: 1 }))).toBe(true);
    expect(await getJob(on.read, 'job_1')).toMatchObject({ status: 'succeeded', progress: 1 });
  });

  test.each(ended)('a job that is %s stays so', async (status) => {
    await insert({ status });

    expect(await isJobOpen(on.read, 'job_1')).toBe(false);
    expect(await hasOpenJob(on.read, 'ds_1')).toBe(false);
    expect(await act((tx) => updateOpenJob(tx, 'job_1', { status: 'running' }))).toBe(false);
    expect(await getJob(on.read, 'job_1')).toMatchObject({ status });
  });

  test('a change to what a job is already has found it', async () => {
    await insert({ status: 'running', progress: 0.5 });

    expect(await act((tx) => updateOpenJob(tx, 'job_1', { status: 'running', progress: 0.5 }))).toBe(true);
    expect(await act((tx) => updateOpenJob(tx, 'job_2', { status: 'running' }))).toBe(false);
  });

  test('what is decided under a job’s lock is not lost to others who decide at the same time', async () => {
    await insert({ progress: 0 });

    await Promise.all(
      Array.from({ length: 10 }, () =>
        act(async (tx) => {
          const job = await lockJob(tx, 'job_1');
          await updateOpenJob(tx, 'job_1', { progress: (job?.progress ?? 0) + 1 });
        }),
      ),
    );

    expect((await getJob(on.read, 'job_1'))?.progress).toBe(10);
  });

  const line = (change: Partial<JobEventTable>): Omit<JobEventTable, 'sequence'> => ({
    message_id: 'm1',
    job_id: 'job_1',
    tenant_id: 't1',
    type: 'trial.finished',
    at: 1000,
    body: '{"score":1}',
    ...change,
  });

  test('a timeline has each message once, in the order in which they were heard', async () => {
    await act(async (tx) => {
      for (const message_id of ['m2', 'm1', 'm2', 'M1']) await addJobEvent(tx, line({ message_id }));
      await addJobEvent(tx, line({ message_id: 'm3', job_id: 'job_2' }));
    });

    const lines = await jobEventsAfter(on.read, 'job_1', 0, 10);

    expect(lines.map(({ message_id }) => message_id)).toEqual(['m2', 'm1', 'M1']);
    expect(lines[0]).toEqual({ ...line({ message_id: 'm2' }), sequence: lines[0]?.sequence });
  });

  test('a second hearing changes nothing of a line', async () => {
    await act((tx) => addJobEvent(tx, line({})));
    await act((tx) => addJobEvent(tx, line({ at: 2000, body: '{}' })));

    expect(await jobEventsAfter(on.read, 'job_1', 0, 10)).toMatchObject([{ at: 1000, body: '{"score":1}' }]);
  });

  test('a timeline is read on from any line', async () => {
    await act(async (tx) => {
      for (const message_id of ['a', 'b', 'c', 'd']) await addJobEvent(tx, line({ message_id }));
    });

    const [first, second] = await jobEventsAfter(on.read, 'job_1', 0, 2);
    const rest = await jobEventsAfter(on.read, 'job_1', second?.sequence ?? 0, 10);

    expect(typeof first?.sequence).toBe('number');
    expect(rest.map(({ message_id }) => message_id)).toEqual(['c', 'd']);
  });
});
