import {
  addJobEvent,
  claimMessage,
  countTrials,
  insertJob,
  insertTrials,
  isHandled,
  lockJob,
  lockModel,
  migrate,
  openDatabase,
  updateOpenTrial,
} from '@bellwether/database';
import { openDatabaseRequestLog } from '@bellwether/platform';
import { jobRow, type TemporaryMysqlDatabase, temporaryMysqlDatabase, trialRow } from '@bellwether/testkit';
import { requestLogConformance } from '@bellwether/testkit/conformance';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const adminUrl = process.env.TEST_MYSQL_URL ?? '';

let fresh: TemporaryMysqlDatabase;
beforeAll(async () => {
  fresh = await temporaryMysqlDatabase(adminUrl);
});
afterAll(async () => {
  await fresh[Symbol.asyncDispose]();
});

test('migrations run once when five processes start together', async () => {
  await using empty = await temporaryMysqlDatabase(adminUrl, { migrated: false });
  const databases = Array.from({ length: 5 }, () => openDatabase(empty.url));

  await Promise.all(databases.map((database) => migrate(database)));

  const tables = await empty.database.schema.introspection.getTables();
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['datasets', 'outbox', 'request_log']));
  await Promise.all(databases.map((database) => database.close()));
});

/** As many transactions at once: a pool has ten connections, and three of them contend as thirty. */
async function contend<R>(work: (database: typeof fresh.database, at: number) => Promise<R>): Promise<R[]> {
  const pools = Array.from({ length: 3 }, () => openDatabase(fresh.url));
  try {
    return await Promise.all(
      pools.flatMap((pool, row) => Array.from({ length: 10 }, (_, at) => work(pool, 10 * row + at))),
    );
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

test('of thirty transactions that claim one message at the same time, one wins', async () => {
  const claims = await contend((database, at) => database.transact((tx) => claimMessage(tx, 'm1', 'training', at)));

  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await isHandled(fresh.database.read, 'm1', 'training')).toBe(true);
});

test('a message whose claim is taken back can be claimed by those who waited for it', async () => {
  const claims = await contend((database, at) =>
    database
      .transact(async (tx) => {
        const claimed = await claimMessage(tx, 'm2', 'training', at);
        if (claimed && at % 2 === 0) throw new Error('the work failed');
        return claimed;
      })
      .catch(() => 'failed'),
  );

  expect(claims.filter((claim) => claim === true)).toHaveLength(1);
});

test('a model is made once by all who lock it first at the same time', async () => {
  const rows = await contend((database, at) => database.transact((tx) => lockModel(tx, 't', 'default', at)));

  expect(new Set(rows.map(({ created_at }) => created_at)).size).toBe(1);
});

test('thirty transactions that lock two models, each in its own order, all come through', async () => {
  const locked = await contend((database, at) =>
    database.transact(async (tx) => {
      const names = at % 2 === 0 ? ['a', 'b'] : ['b', 'a'];
      for (const name of names) await lockModel(tx, 't', name, at);
      return names.length;
    }),
  );

  expect(locked).toEqual(Array.from({ length: 30 }, () => 2));
});

test('a message heard thirty times at once is one line of its timeline', async () => {
  await contend((database, at) =>
    database.transact((tx) =>
      addJobEvent(tx, { message_id: 'm1', job_id: 'j', tenant_id: 't', type: 'trial.finished', at, body: '{}' }),
    ),
  );

  expect(await fresh.database.read.selectFrom('job_events').select('message_id').execute()).toHaveLength(1);
});

test('of all trials that end at the same time exactly one is the last', async () => {
  const trials = Array.from({ length: 30 }, (_, position) => trialRow({ id: `trial_${position}`, position }));
  await fresh.database.transact(async (tx) => {
    await insertJob(tx, jobRow());
    await insertTrials(tx, trials);
  });

  const last = await contend((database, at) =>
    database.transact(async (tx) => {
      // A read before the lock: in a snapshot taken here the other trials would still be running.
      await countTrials(tx, 'job_1');
      await lockJob(tx, 'job_1');
      await updateOpenTrial(tx, `trial_${at}`, { status: 'succeeded' });
      const { all, ended } = await countTrials(tx, 'job_1');
      return all === ended;
    }),
  );

  expect(last.filter(Boolean)).toHaveLength(1);
});

requestLogConformance('request log in MySQL', async () => {
  const own = await temporaryMysqlDatabase(adminUrl);
  const log = openDatabaseRequestLog({ database: own.database });
  return {
    log,
    reopen: async () => openDatabaseRequestLog({ database: own.database }),
    async close() {
      await log.close();
      await own[Symbol.asyncDispose]();
    },
  };
});
