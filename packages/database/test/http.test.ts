import { deleteApiKey, findAnswer, findApiKey, insertApiKey, keepAnswer, listApiKeys } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const key = (change: object = {}) => ({
  hash: 'ab'.repeat(32),
  tenant_id: 't1',
  name: 'laptop',
  created_at: 1,
  ...change,
});
const answer = (change: object = {}) => ({
  tenant_id: 't1',
  operation: 'trainModel',
  key: 'k',
  request_hash: 'cd'.repeat(32),
  status: 202,
  body: '{"id":"job_1"}',
  created_at: 1,
  ...change,
});

onEachDialect((on) => {
  const { act } = on;

  test('an API key is found by its hash until it is deleted', async () => {
    await act((tx) => insertApiKey(tx, key()));

    expect(await findApiKey(on.read, key().hash)).toEqual(key());
    expect(await findApiKey(on.read, key().hash.toUpperCase())).toBe(undefined);
    expect(await act((tx) => deleteApiKey(tx, key().hash))).toBe(true);
    expect(await act((tx) => deleteApiKey(tx, key().hash))).toBe(false);
    expect(await findApiKey(on.read, key().hash)).toBe(undefined);
  });

  test('API keys are listed in the order in which they were made, and made once', async () => {
    await act((tx) => insertApiKey(tx, key({ created_at: 2 })));
    await act((tx) => insertApiKey(tx, key({ hash: 'x', created_at: 1 })));

    expect((await listApiKeys(on.read)).map(({ hash }) => hash)).toEqual(['x', key().hash]);
    await expect(act((tx) => insertApiKey(tx, key()))).rejects.toThrow();
  });

  test('an answer is kept for one tenant, operation and key', async () => {
    const id = { tenant_id: 't1', operation: 'trainModel', key: 'k' };
    await act((tx) => keepAnswer(tx, answer()));
    const find = (change: object) => act((tx) => findAnswer(tx, { ...id, ...change }));

    expect(await find({})).toEqual(answer());
    expect(await find({ tenant_id: 't2' })).toBe(undefined);
    expect(await find({ operation: 'forecast' })).toBe(undefined);
    expect(await find({ key: 'K' })).toBe(undefined);
  });

  test('of two answers under one key the second is refused', async () => {
    await act((tx) => keepAnswer(tx, answer()));

    await expect(act((tx) => keepAnswer(tx, answer({ status: 500 })))).rejects.toThrow();
  });
});
