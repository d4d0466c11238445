import {
  countRequests,
  insertRequests,
  pruneRequests,
  type RequestLogTable,
  selectRequests,
} from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

type Request = Omit<RequestLogTable, 'sequence'>;

const request = (change: Partial<Request> = {}): Request => ({
  id: 'r1',
  tenant_id: 't1',
  service: 'ingest',
  at: 1000,
  method: 'POST',
  path: '/v1/datasets',
  status: 201,
  duration: 1.5,
  request: '{"a":1}',
  response: null,
  ...change,
});

onEachDialect((on) => {
  const { act } = on;
  const insert = (...rows: Partial<Request>[]) => act((tx) => insertRequests(tx, rows.map(request)));
  const ids = async (filter: object = {}) =>
    (await selectRequests(on.read, { tenantId: 't1', limit: 10, ...filter })).map(({ id }) => id);

  test('requests come back as they were put in, newest first', async () => {
    await insert({ id: 'a' }, { id: 'b' });
    await insert({ id: 'c', tenant_id: 't2' });

    const rows = await selectRequests(on.read, { tenantId: 't1', limit: 10 });

    expect(rows.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(rows[1]).toEqual({ ...request({ id: 'a' }), sequence: rows[1]?.sequence });
    expect(typeof rows[1]?.sequence).toBe('number');
  });

  test('a page goes on before a sequence number', async () => {
    await insert({ id: 'a' }, { id: 'b' }, { id: 'c' });
    const [newest] = await selectRequests(on.read, { tenantId: 't1', limit: 1 });

    expect(await ids({ before: newest?.sequence })).toEqual(['b', 'a']);
  });

  test('paths are compared letter by letter from their beginning', async () => {
    await insert(
      { id: 'a', path: '/v1/models/my_model' },
      { id: 'b', path: '/v1/models/myXmodel' },
      { id: 'c', path: '/V1/models/my_model' },
      { id: 'd', path: '/v1/models/100%' },
      { id: 'e', path: '/v1/models/größe' },
    );

    expect(await ids({ path: '/v1/models/my_' })).toEqual(['a']);
    expect(await ids({ path: '/v1/models/100%' })).toEqual(['d']);
    expect(await ids({ path: '/v1/models/größ' })).toEqual(['e']);
    expect(await ids({ path: '/V1' })).toEqual(['c']);
    expect(await ids({ path: '' })).toHaveLength(5);
  });

  test('requests are counted as they are listed', async () => {
    await insert({ status: 500 }, { id: 'b' }, { id: 'c', status: 500, path: '/x' }, { id: 'd', tenant_id: 't2' });

    expect(await ids({ status: 500, path: '/v1' })).toEqual(['r1']);
    expect(await countRequests(on.read, { tenantId: 't1' })).toBe(3);
    expect(await countRequests(on.read, { tenantId: 't1', status: 500 })).toBe(2);
    expect(await countRequests(on.read, { tenantId: 't3' })).toBe(0);
  });

  test('thousands of requests go in at once', async () => {
    await insert(...Array.from({ length: 2_500 }, (_, at) => ({ id: `r${at}` })));
    await insert();

    expect(await countRequests(on.read, { tenantId: 't1' })).toBe(2_500);
  });

  test('pruning keeps the newest rows, up to their number', async () => {
    await insert(...Array.from({ length: 5 }, (_, at) => ({ id: `r${at}` })));

    await act((tx) => pruneRequests(tx, { maxRows: 3, before: 0, limit: 100 }));

    expect(await ids()).toEqual(['r4', 'r3', 'r2']);
  });

  test('pruning drops what is from before a time, a bounded number a turn', async () => {
    await insert({ id: 'a', at: 1 }, { id: 'b', at: 2 }, { id: 'c', at: 3 });
    const prune = () => act((tx) => pruneRequests(tx, { maxRows: 100, before: 3, limit: 1 }));

    await prune();
    expect(await ids()).toEqual(['c', 'b']);
    await prune();
    await prune();
    expect(await ids()).toEqual(['c']);
  });

  test('pruning an empty log does nothing', async () => {
    await act((tx) => pruneRequests(tx, { maxRows: 1, before: 5, limit: 10 }));

    expect(await ids()).toEqual([]);
  });
});
