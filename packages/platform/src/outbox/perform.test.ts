import { emit, flow } from '@bellwether/contracts';
import type { Database, Tx } from '@bellwether/database';
import { temporaryDatabase } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { AlreadyHandled, createPerform } from './perform.ts';

const relay = { publish: async () => undefined };

/** A database that counts its transactions, and how to perform decisions in it. */
function counting(database: Database) {
  let transactions = 0;
  const counted: Database = {
    ...database,
    transact: (work) => {
      transactions++;
      return database.transact(work);
    },
  };
  return { perform: createPerform({ database: counted, relay, now: () => 7 }), transactions: () => transactions };
}

const write = (tx: Tx, hash: string) =>
  tx.insertInto('api_keys').values({ hash, tenant_id: 't', name: '', created_at: 0 }).execute();
const written = async (database: Database) =>
  (await database.read.selectFrom('api_keys').select('hash').orderBy('hash').execute()).map(({ hash }) => hash);
const causes = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `cause-${n}`, tenantId: 't' }));

test('decisions of one turn are one transaction, each with its own answer', async () => {
  await using temporary = await temporaryDatabase();
  const { perform, transactions } = counting(temporary.database);

  const results = await Promise.all(
    causes(3).map((cause, n) =>
      perform(cause, async (tx) => {
        await write(tx, cause.id);
        return { result: n, messages: [emit(flow.trainingFailed, { jobId: cause.id, reasons: [] })] };
      }),
    ),
  );

  expect(results).toEqual([0, 1, 2]);
  expect(transactions()).toBe(1);
  expect(await written(temporary.database)).toEqual(['cause-0', 'cause-1', 'cause-2']);
  expect(await temporary.database.read.selectFrom('outbox').select('id').execute()).toHaveLength(3);
});

test('a decision that throws is rolled back alone, and whoever made it hears why', async () => {
  await using temporary = await temporaryDatabase();
  const { perform } = counting(temporary.database);

  const outcomes = await Promise.allSettled(
    causes(3).map((cause, n) =>
      perform(cause, async (tx) => {
        await write(tx, cause.id);
        if (n === 1) throw new Error('not this one');
        return { result: n, messages: [] };
      }),
    ),
  );

  expect(outcomes).toMatchObject([{ value: 0 }, { reason: { message: 'not this one' } }, { value: 2 }]);
  expect(await written(temporary.database)).toEqual(['cause-0', 'cause-2']);
});

test('a message that was handled on its queue before is decided on no more, its neighbours are', async () => {
  await using temporary = await temporaryDatabase();
  const { perform } = counting(temporary.database);
  const decideOn = (id: string, queue: string, hash: string) =>
    perform({ id, tenantId: 't', queue }, async (tx) => {
      await write(tx, hash);
      return { result: hash, messages: [] };
    });

  await decideOn('m1', 'training', 'first');
  const outcomes = await Promise.allSettled([
    decideOn('m1', 'training', 'again'),
    decideOn('m1', 'metrics', 'elsewhere'),
    decideOn('m2', 'training', 'another'),
    decideOn('m2', 'training', 'another at once'),
  ]);

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'rejected']);
  expect(outcomes[0]).toMatchObject({ reason: expect.any(AlreadyHandled) });
  expect(await written(temporary.database)).toEqual(['another', 'elsewhere', 'first']);
});

test('a message that cannot be put into the outbox fails its own decision alone', async () => {
  await using temporary = await temporaryDatabase();
  const { perform } = counting(temporary.database);
  const circular: { self?: unknown } = {};
  circular.self = circular;

  const outcomes = await Promise.allSettled(
    causes(2).map((cause, n) =>
      perform(cause, async (tx) => {
        await write(tx, cause.id);
        const body = n === 0 ? circular : { jobId: 'job_1', reasons: [] };
        return { result: n, messages: [{ hop: flow.trainingFailed, body }] };
      }),
    ),
  );

  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await written(temporary.database)).toEqual(['cause-1']);
});
