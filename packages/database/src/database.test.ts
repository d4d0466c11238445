import { temporaryDatabase, temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { addToOutbox, claimMessage, findDataset, isHandled, lockModel, migrate, openDatabase } from './index.ts';

test('a message is claimed once, and the loser of two transactions writes nothing', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const claim = (at: number) =>
    database.transact(async (tx) => {
      if (!(await claimMessage(tx, 'm1', 'training', at))) return false;
      await addToOutbox(tx, [{ id: `out${at}`, queue: 'metrics', envelope: '{}' }], at);
      return true;
    });

  expect(await Promise.all([claim(1), claim(2)])).toEqual([true, false]);

  expect(await isHandled(database.read, 'm1', 'training')).toBe(true);
  expect(await isHandled(database.read, 'm1', 'metrics')).toBe(false);
  expect(await database.read.selectFrom('outbox').select('id').execute()).toEqual([{ id: 'out1' }]);
});

test('a transaction that throws leaves nothing', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;

  await expect(
    database.transact(async (tx) => {
      await claimMessage(tx, 'm1', 'ingest', 1);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');

  expect(await isHandled(database.read, 'm1', 'ingest')).toBe(false);
});

test('a query outside of a running transaction is refused instead of waiting for ever', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;

  await expect(database.transact(() => findDataset(database.read, 't', 'd'))).rejects.toThrow('use tx');
  await expect(database.transact(() => database.transact(async () => 1))).rejects.toThrow('use tx');
});

test('a date is refused instead of becoming NULL', async () => {
  await using temporary = await temporaryDatabase();

  await expect(sql`select ${new Date(0)}`.execute(temporary.database.read)).rejects.toThrow('cannot be bound');
});

test('insert-or-lock of a model gives the same row twice', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;

  const first = await database.transact((tx) => lockModel(tx, 't', 'default', 5));
  const second = await database.transact((tx) => lockModel(tx, 't', 'default', 9));

  expect(second).toEqual(first);
});

test('migrations run twice, and by several processes at once, as if once', async () => {
  using folder = temporaryFolder();
  const url = `sqlite:${folder.path}/shared.sqlite`;
  const databases = [openDatabase(url), openDatabase(url), openDatabase(url)];

  for (const database of databases) await migrate(database);

  const [first] = databases;
  expect(await first?.read.selectFrom('datasets').selectAll().execute()).toEqual([]);
  for (const database of databases) await database.close();
});

test('an address of another kind of database is refused by name', () => {
  expect(() => openDatabase('postgres://x')).toThrow('not postgres:');
});
