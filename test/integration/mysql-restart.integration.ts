import { findModel, listModels, lockModel, migrate, openDatabase, promote } from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { mariadbServer } from './mariadb-server.ts';

const tenants = Array.from({ length: 20 }, (_, at) => `t${at}`);

test('transactions and reads outlast a restart and a crash of the server, and services may start before it', async () => {
  await using server = await mariadbServer();
  const admin = openDatabase(server.url);
  // The server does not listen yet: so starts a service that comes first.
  await admin.read.selectNoFrom(sql`1`.as('one')).execute();
  await sql`create database bellwether character set utf8mb4`.execute(admin.schema);
  const database = openDatabase(new URL('/bellwether', server.url).href);
  await migrate(database);

  const raise = (tenant: string) =>
    database.transact(async (tx) => {
      const { revision } = await lockModel(tx, tenant, 'm', 1);
      await promote(tx, { tenantId: tenant, name: 'm', revision }, 1, 2);
      return revision + 1;
    });
  const raiseAll = () => Promise.all(tenants.map(raise));

  await raiseAll();
  // All ten connections of the pool are open now, and idle.
  await server.stop('SIGTERM');
  server.start();
  expect(await raiseAll()).toEqual(tenants.map(() => 2));

  await server.stop('SIGKILL');
  const [raised, listed] = [raiseAll(), listModels(database.read, 't0', { limit: 10 })];
  server.start();
  expect(await raised).toEqual(tenants.map(() => 3));
  expect(await listed).toHaveLength(1);
  expect((await findModel(database.read, 't0', 'm'))?.revision).toBe(3);

  await database.close();
  await admin.close();
});
