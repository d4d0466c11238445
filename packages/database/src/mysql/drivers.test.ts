import { expect, test } from '@jest/globals';
import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';
import { readingDriver, transactingDriver } from './drivers.ts';

const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
const closed = new Error("Can't add new command when connection is in closed state");
const refused = Object.assign(new Error('no'), { errno: 1064 });
const patience = { first: 1, longest: 1, total: 10_000 };

/** A driver whose steps end as told, in turn; then all is well. */
function scripted(outcomes: (Error | undefined)[]): Driver & { readonly log: string[] } {
  const log: string[] = [];
  let connections = 0;
  const step = async (name: string) => {
    log.push(name);
    const failure = outcomes.shift();
    if (failure !== undefined) throw failure;
  };
  return {
    log,
    init: async () => {},
    destroy: async () => {},
    async acquireConnection() {
      const own = ++connections;
      await step(`connect ${own}`);
      return {
        async executeQuery() {
          await step(`query ${own}`);
          return { rows: [] };
        },
        streamQuery() {
          throw new Error('unused');
        },
        own,
      } as DatabaseConnection;
    },
    async releaseConnection(connection) {
      log.push(`release ${(connection as unknown as { own: number }).own}`);
    },
    beginTransaction: () => step('begin'),
    commitTransaction: () => step('commit'),
    rollbackTransaction: () => step('rollback'),
  };
}

const connectionOf = (driver: Driver) => driver.acquireConnection();

test.each([
  [lost, { code: 'commit-outcome-unknown', cause: lost }],
  // Nothing was sent: the transaction did not happen.
  [closed, closed],
  [refused, refused],
])('a commit that ends in "%s" says what is known of it', async (failure, said) => {
  const driver = transactingDriver(scripted([undefined, failure]));
  const connection = await connectionOf(driver);

  await expect(driver.commitTransaction(connection)).rejects.toMatchObject(said);
});

test('a rollback on a lost connection has happened', async () => {
  const driver = transactingDriver(scripted([undefined, lost, closed, refused]));
  const connection = await connectionOf(driver);

  await driver.rollbackTransaction(connection);
  await driver.rollbackTransaction(connection);
  await expect(driver.rollbackTransaction(connection)).rejects.toBe(refused);
});

test('a read that loses its connection is repeated on another, and each is given back', async () => {
  const inner = scripted([undefined, lost, lost, undefined, undefined]);
  const connection = await connectionOf(readingDriver(inner, patience));

  expect(await connection.executeQuery(CompiledQuery.raw('select 1'))).toEqual({ rows: [] });

  expect(inner.log).toEqual(['connect 1', 'query 1', 'release 1', 'connect 2', 'connect 3', 'query 3', 'release 3']);
});

test('a read that the server refuses is not repeated', async () => {
  const inner = scripted([undefined, refused]);
  const connection = await connectionOf(readingDriver(inner, patience));

  await expect(connection.executeQuery(CompiledQuery.raw('selct'))).rejects.toBe(refused);

  expect(inner.log).toEqual(['connect 1', 'query 1', 'release 1']);
});

test('reads have no transactions', async () => {
  const driver = readingDriver(scripted([]), patience);

  await expect(driver.beginTransaction(await connectionOf(driver), {})).rejects.toThrow('use transact');
});
