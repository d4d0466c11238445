import {
  abandonedAnnouncements,
  type DatasetTable,
  datasetStatuses,
  deleteDataset,
  findDataset,
  insertDataset,
  listDatasets,
  lockDataset,
  markReady,
  markRejected,
  markValidating,
  newestUpload,
  nextCursor,
  statusByObject,
  type Validated,
} from '@bellwether/database';
import { datasetRow } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const announced = (change: Partial<DatasetTable> = {}) =>
  datasetRow({
    status: 'awaiting-upload',
    format: null,
    schema: null,
    profile: null,
    row_count: null,
    bytes: null,
    upload_etag: null,
    data_key: null,
    ...change,
  });

const validated: Validated = {
  format: 'csv',
  schema: [{ name: 'größe 📏', kind: 'numeric', nullable: true }],
  profile: { rows: 3, columns: [] } as unknown as Validated['profile'],
  problems: [],
  dataKey: 'tables/t1/ds_1/at_1.parquet',
};
const problem = { severity: 'error', code: 'empty-file', message: 'The file is empty.' } as never;

onEachDialect((on) => {
  const { act } = on;
  const insert = (...rows: Partial<DatasetTable>[]) =>
    act(async (tx) => {
      for (const row of rows) await insertDataset(tx, announced(row));
    });
  const find = (id: string) => findDataset(on.read, 't1', id);

  test('a row comes back as it was put in', async () => {
    const row = datasetRow({ recipe: '{"kind":"split"}', bytes: Number.MAX_SAFE_INTEGER });
    await act((tx) => insertDataset(tx, row));

    expect(await find('ds_1')).toEqual(row);
    expect(await act((tx) => lockDataset(tx, 't1', 'ds_1'))).toEqual(row);
  });

  test('an id is taken once', async () => {
    await insert({});

    await expect(insert({})).rejects.toThrow();
  });

  test('a dataset of another tenant is neither found, locked nor deleted', async () => {
    await insert({});

    expect(await findDataset(on.read, 't2', 'ds_1')).toBe(undefined);
    expect(await act((tx) => lockDataset(tx, 't2', 'ds_1'))).toBe(undefined);
    expect(await act((tx) => deleteDataset(tx, 't2', 'ds_1'))).toBe(false);
    expect(await find('ds_1')).toBeDefined();
  });

  test('a dataset is deleted once', async () => {
    await insert({});

    expect(await act((tx) => deleteDataset(tx, 't1', 'ds_1'))).toBe(true);
    expect(await act((tx) => deleteDataset(tx, 't1', 'ds_1'))).toBe(false);
    expect(await find('ds_1')).toBe(undefined);
  });

  test('pages follow each other from the newest on, without gaps or repeats', async () => {
    const ids = ['ds_1', 'ds_2', 'ds_3', 'ds_4', 'ds_5'];
    await insert(...ids.map((id) => ({ id })), { id: 'ds_0', tenant_id: 't2' });

    const seen: string[][] = [];
    let page: { limit: number; cursor?: string } = { limit: 2 };
    do {
      const rows = await listDatasets(on.read, 't1', page);
      seen.push(rows.map(({ id }) => id));
      const { nextCursor: cursor } = nextCursor(rows, page, ({ id }) => id);
      page = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
    } while (page.cursor !== undefined);

    expect(seen).toEqual([['ds_5', 'ds_4'], ['ds_3', 'ds_2'], ['ds_1']]);
  });

  test('a list is narrowed by name and status, upper and lower case apart', async () => {
    await insert(
      { id: 'a', name: 'orders' },
      { id: 'b', name: 'Orders' },
      { id: 'c', name: 'orders', status: 'rejected' },
    );
    const ids = async (filter: object) =>
      (await listDatasets(on.read, 't1', { limit: 10, ...filter })).map(({ id }) => id);

    expect(await ids({ name: 'orders' })).toEqual(['c', 'a']);
    expect(await ids({ name: 'orders', status: 'rejected' })).toEqual(['c']);
    expect(await ids({ status: 'ready' })).toEqual([]);
  });

  test('the newest upload is the newest dataset that has an upload, whatever its state', async () => {
    expect(await newestUpload(on.read, 't1')).toBe(undefined);
    await insert(
      { id: 'a' },
      { id: 'b', status: 'rejected' },
      { id: 'c', upload_key: null },
      { id: 'd', tenant_id: 't2' },
    );

    expect((await newestUpload(on.read, 't1'))?.id).toBe('b');
  });

  test('an upload arrives once', async () => {
    await insert({});
    const arrive = (etag: string) => act((tx) => markValidating(tx, 'ds_1', { etag, size: 5 }, 2000));

    expect(await arrive('first')).toBe(true);
    expect(await arrive('second')).toBe(false);
    expect(await find('ds_1')).toMatchObject({
      status: 'validating',
      upload_etag: 'first',
      bytes: 5,
      updated_at: 2000,
    });
  });

  test('a dataset that was found good is ready, with what was found', async () => {
    await insert({});

    expect(await act((tx) => markReady(tx, 'ds_1', validated, 3000))).toBe(true);

    const row = await find('ds_1');
    expect(row).toMatchObject({ status: 'ready', format: 'csv', row_count: 3, data_key: validated.dataKey });
    expect(JSON.parse(row?.schema ?? '')).toEqual(validated.schema);
    expect(JSON.parse(row?.profile ?? '')).toEqual(validated.profile);
  });

  test('a dataset that ended stays as it ended', async () => {
    await insert({ id: 'ready', status: 'validating' }, { id: 'rejected', status: 'validating' });
    await act((tx) => markReady(tx, 'ready', validated, 3000));
    expect(await act((tx) => markRejected(tx, 'rejected', [problem], 3000))).toBe(true);
    const before = [await find('ready'), await find('rejected')];

    for (const id of ['ready', 'rejected', 'gone']) {
      expect(await act((tx) => markReady(tx, id, validated, 4000))).toBe(false);
      expect(await act((tx) => markRejected(tx, id, [], 4000))).toBe(false);
      expect(await act((tx) => markValidating(tx, id, { etag: 'e', size: 1 }, 4000))).toBe(false);
    }

    expect([await find('ready'), await find('rejected')]).toEqual(before);
    expect(JSON.parse(before[1]?.problems ?? '')).toEqual([problem]);
  });

  test('an object belongs to the dataset whose row names it', async () => {
    await insert({ upload_key: 'uploads/t1/ds_1', data_key: 'tables/t1/ds_1' });
    const status = (column: 'upload_key' | 'data_key', key: string, id = 'ds_1') =>
      statusByObject(on.read, id, column, key);

    expect(await status('upload_key', 'uploads/t1/ds_1')).toBe('awaiting-upload');
    expect(await status('data_key', 'tables/t1/ds_1')).toBe('awaiting-upload');
    expect(await status('data_key', 'tables/T1/ds_1')).toBe(undefined);
    expect(await status('upload_key', 'uploads/t1/ds_1', 'ds_2')).toBe(undefined);
  });

  test('abandoned are the announcements from before a time, up to a number', async () => {
    await insert(
      { id: 'old', created_at: 10 },
      { id: 'older', created_at: 5 },
      { id: 'new', created_at: 20 },
      { id: 'arrived', created_at: 1, status: 'ready' },
    );
    const ids = async (limit: number) => (await abandonedAnnouncements(on.read, 20, limit)).map(({ id }) => id).sort();

    expect(await ids(10)).toEqual(['old', 'older']);
    expect(await ids(1)).toHaveLength(1);
  });

  test('statuses are given of those that exist', async () => {
    await insert({ id: 'a' }, { id: 'b', status: 'ready' });

    expect(await datasetStatuses(on.read, ['b', 'c'])).toEqual([{ id: 'b', status: 'ready' }]);
    expect(await datasetStatuses(on.read, [])).toEqual([]);
  });
});
