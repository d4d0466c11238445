import { randomBytes } from 'node:crypto';
import { claimMessage, type Database, isHandled, lockModel, migrate, openDatabase } from '@bellwether/database';
import { openDatabaseRequestLog } from '@bellwether/platform';
import { requestLogConformance } from '@bellwether/testkit/conformance';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';

const adminUrl = process.env.TEST_MYSQL_URL ?? '';
const admin = openDatabase(adminUrl);

/** A database of its own, with the newest schema. */
async function freshDatabase(): Promise<{ database: Database; url: string; drop: () => Promise<void> }> {
  const name = `bellwether${randomBytes(5).toString('hex')}`;
  await sql`create database ${sql.id(name)} character set utf8mb4`.execute(admin.schema);
  const url = new URL(`/${name}`, adminUrl).href;
  const database = openDatabase(url);
  return {
    database,
    url,
    async drop() {
      await database.close();
      await sql`drop database ${sql.id(name)}`.execute(admin.schema);
    },
  };
}

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.drop();
  await admin.close();
});

test('migrations run once when five processes start together', async () => {
  const databases = Array.from({ length: 5 }, () => openDatabase(fresh.url));

  await Promise.all(databases.map((database) => migrate(database)));

  const tables = await fresh.database.schema.introspection.getTables();
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['datasets', 'outbox', 'request_log']));
  await Promise.all(databases.map((database) => database.close()));
});

test('of two transactions that claim one message at the same time, one wins', async () => {
  await migrate(fresh.database);
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, at) => fresh.database.transact((tx) => claimMessage(tx, 'm1', 'training', at))),
  );

  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await isHandled(fresh.database.read, 'm1', 'training')).toBe(true);
});

test('a model is made once by all who lock it first at the same time', async () => {
  await migrate(fresh.database);
  // A pool has ten connections: three of them contend as thirty.
  const pools = Array.from({ length: 3 }, () => openDatabase(fresh.url));

  const rows = await Promise.all(
    Array.from({ length: 30 }, (_, at) => pools[at % 3]?.transact((tx) => lockModel(tx, 't', 'default', at))),
  );

  expect(new Set(rows.map((row) => row?.created_at)).size).toBe(1);
  await Promise.all(pools.map((pool) => pool.close()));
});

requestLogConformance('request log in MariaDB', async () => {
  const { database, drop } = await freshDatabase();
  await migrate(database);
  const log = openDatabaseRequestLog({ database });
  return {
    log,
    reopen: async () => openDatabaseRequestLog({ database }),
    async close() {
      await log.close();
      await drop();
    },
  };
});
