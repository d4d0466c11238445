import { type Database, findModel, listModels, lockModel, migrate, openDatabase, promote } from '@bellwether/database';
import { type TemporaryMysqlDatabase, temporaryMysqlDatabase } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Cut, type CuttingProxy, openCuttingProxy } from './cutting-proxy.ts';

const adminUrl = process.env.TEST_MYSQL_URL ?? '';

let direct: TemporaryMysqlDatabase;
let proxy: CuttingProxy;
let database: Database;
beforeAll(async () => {
  direct = await temporaryMysqlDatabase(adminUrl);
  proxy = await openCuttingProxy(adminUrl);
  database = openDatabase(proxy.url(direct.name));
});
afterAll(async () => {
  await database.close();
  await proxy[Symbol.asyncDispose]();
  await direct[Symbol.asyncDispose]();
});

/** Raises the revision of a tenant's model by one. */
const raise = (tenant: string) =>
  database.transact(async (tx) => {
    const { revision } = await lockModel(tx, tenant, 'm', 1);
    return await promote(tx, { tenantId: tenant, name: 'm', revision }, 1, 2);
  });

const revision = async (tenant: string) => (await findModel(direct.database.read, tenant, 'm'))?.revision;

const harmless: Cut[] = [
  { at: /begin$/, moment: 'before' },
  { at: /begin$/, moment: 'after' },
  { at: /insert into/, moment: 'before' },
  { at: /insert into/, moment: 'after' },
  { at: /for update/, moment: 'after' },
  { at: /update `models` set/, moment: 'after' },
];

test.each(harmless)(
  'a transaction whose connection is lost $moment "$at" is repeated, and happens once',
  async (cut) => {
    const tenant = `${cut.moment} ${cut.at.source}`;
    const cuts = proxy.cuts;
    proxy.cut(cut);

    expect(await raise(tenant)).toBe(true);

    expect(proxy.cuts).toBe(cuts + 1);
    expect(await revision(tenant)).toBe(1);
  },
);

test.each([
  ['before', undefined],
  ['after', 1],
] as const)(
  'a connection that is lost %s the server commits gives commit-outcome-unknown, and no second try',
  async (moment, outcome) => {
    proxy.cut({ at: /commit$/, moment });

    await expect(raise(`commit ${moment}`)).rejects.toMatchObject({ code: 'commit-outcome-unknown' });

    expect(await revision(`commit ${moment}`)).toBe(outcome);
  },
);

test('an error of the work itself is thrown as it is, even when the connection is lost during the rollback', async () => {
  proxy.cut({ at: /rollback/, moment: 'before' });

  await expect(
    database.transact(async (tx) => {
      await lockModel(tx, 'rollback', 'm', 1);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');

  expect(await revision('rollback')).toBe(undefined);
});

test('a read whose connection is lost is repeated', async () => {
  await raise('reads');
  proxy.cut({ at: /select/, moment: 'before' });
  expect(await listModels(database.read, 'reads', { limit: 10 })).toHaveLength(1);

  proxy.cut({ at: /select/, moment: 'after' });
  expect(await listModels(database.read, 'reads', { limit: 10 })).toHaveLength(1);
});

test('connections that died in the pool fail no request', async () => {
  const ask = () => Promise.all(Array.from({ length: 20 }, () => listModels(database.read, 'pool', { limit: 10 })));
  await ask();

  proxy.cutAll();
  const answers = [...(await ask()), ...(await ask())];
  proxy.cutAll();

  expect(answers).toEqual(answers.map(() => []));
  expect(await Promise.all(Array.from({ length: 12 }, (_, at) => raise(`pool ${at}`)))).not.toContain(false);
});

test('a transaction whose connection an operator kills is repeated', async () => {
  let tries = 0;
  const killed = await database.transact(async (tx) => {
    tries++;
    await lockModel(tx, 'killed', 'm', tries);
    const { rows } = await sql<{ id: number }>`select connection_id() as id`.execute(tx);
    if (tries === 1) await sql`kill connection ${sql.lit(rows[0]?.id)}`.execute(direct.database.schema);
    return await lockModel(tx, 'killed', 'm', tries);
  });

  expect(tries).toBe(2);
  expect(killed.created_at).toBe(2);
});

test('idle connections that an operator kills fail no request', async () => {
  await raise('idle');
  const { rows } = await sql<{ id: number }>`
    select id from information_schema.processlist where db = ${direct.name} and id <> connection_id()
  `.execute(direct.database.schema);
  for (const { id } of rows) await sql`kill connection ${sql.lit(id)}`.execute(direct.database.schema);

  expect(rows.length).toBeGreaterThan(0);
  expect(await raise('idle')).toBe(true);
  expect(await revision('idle')).toBe(2);
});

test('a refused password is said at once, since no second try cures it', async () => {
  const url = new URL(direct.url);
  url.password = 'wrong';
  const refused = openDatabase(url.href);

  await expect(refused.read.selectFrom('models').selectAll().execute()).rejects.toMatchObject({ errno: 1045 });

  await refused.close();
});

const tableNames = async (of: Database) => (await of.schema.introspection.getTables()).map(({ name }) => name);

test.each([
  /create table if not exists `trials`/,
  /create index `datasets_by_upload`/,
  /insert into `kysely_migration`/,
])('a migration that loses its connection after %s is finished by the next try', async (at) => {
  await using fresh = await temporaryMysqlDatabase(adminUrl, { migrated: false });
  const cutOff = openDatabase(proxy.url(fresh.name));
  const cuts = proxy.cuts;

  proxy.cut({ at, moment: 'after' });
  await migrate(cutOff);

  expect(proxy.cuts).toBe(cuts + 1);
  expect(await tableNames(fresh.database)).toEqual(await tableNames(direct.database));
  await cutOff.close();
});

test('each statement of the migrations runs again over what it had made', async () => {
  await using fresh = await temporaryMysqlDatabase(adminUrl);
  const before = await fresh.database.schema.introspection.getTables();
  await sql`delete from kysely_migration`.execute(fresh.database.schema);

  await migrate(fresh.database);

  expect(await fresh.database.schema.introspection.getTables()).toEqual(before);
});
