import {
  addAttempt,
  addDeadLetter,
  addToOutbox,
  countAttempts,
  countDeaths,
  type DeadLetterTable,
  forgetAttempts,
  listDeadLetters,
  lockDeadLetter,
  pendingMessages,
  redriveDeadLetter,
  settleMessage,
  takeAttempts,
} from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const letter = (change: Partial<DeadLetterTable> = {}): Omit<DeadLetterTable, 'redriven_at'> => ({
  id: 'dl_1',
  message_id: 'm1',
  queue: 'training',
  tenant_id: 't1',
  job_id: null,
  type: 'trial.requested',
  envelope: '{"id":"m1"}',
  reasons: '["no"]',
  at: 1000,
  ...change,
});

onEachDialect((on) => {
  const { act } = on;

  test('reasons of attempts are taken once, oldest first, of one message on one queue', async () => {
    await act(async (tx) => {
      await addAttempt(tx, 'm1', 'training', 'first', 9);
      await addAttempt(tx, 'm1', 'training', 'second', 5);
      await addAttempt(tx, 'm1', 'metrics', 'elsewhere', 1);
      await addAttempt(tx, 'M1', 'training', 'another', 1);
    });
    const take = (id: string, queue: string) => act((tx) => takeAttempts(tx, id, queue));
    expect(await act((tx) => countAttempts(tx, 'm1', 'training'))).toBe(2);

    expect(await take('m1', 'training')).toEqual(['first', 'second']);
    expect(await take('m1', 'training')).toEqual([]);
    expect(await act((tx) => countAttempts(tx, 'm1', 'training'))).toBe(0);
    expect(await take('m1', 'metrics')).toEqual(['elsewhere']);
    expect(await take('M1', 'training')).toEqual(['another']);
  });

  test('attempts at messages that ended are forgotten, each on its queue', async () => {
    await act(async (tx) => {
      for (const queue of ['training', 'metrics']) await addAttempt(tx, 'm1', queue, queue, 1);
      await addAttempt(tx, 'm2', 'metrics', 'm2', 1);
      await forgetAttempts(tx, [
        { id: 'm1', queue: 'training' },
        { id: 'm2', queue: 'metrics' },
      ]);
      await forgetAttempts(tx, []);
    });

    expect(await on.read.selectFrom('attempts').select('reason').execute()).toEqual([{ reason: 'metrics' }]);
  });

  test('a dead letter comes back as it was put in, to its tenant alone', async () => {
    await act((tx) => addDeadLetter(tx, letter()));

    expect(await listDeadLetters(on.read, 't1', { limit: 10 })).toEqual([{ ...letter(), redriven_at: null }]);
    expect(await listDeadLetters(on.read, 't2', { limit: 10 })).toEqual([]);
    expect(await act((tx) => lockDeadLetter(tx, 't1', 'dl_1'))).toEqual({ ...letter(), redriven_at: null });
    expect(await act((tx) => lockDeadLetter(tx, 't2', 'dl_1'))).toBe(undefined);
  });

  test('dead letters are listed newest first, page by page', async () => {
    await act(async (tx) => {
      for (const id of ['dl_1', 'dl_2', 'dl_3']) await addDeadLetter(tx, letter({ id }));
    });
    const ids = async (page: { limit: number; cursor?: string }) =>
      (await listDeadLetters(on.read, 't1', page)).map(({ id }) => id);

    expect(await ids({ limit: 2 })).toEqual(['dl_3', 'dl_2']);
    expect(await ids({ limit: 2, cursor: 'dl_2' })).toEqual(['dl_1']);
  });

  test('a redrive puts the message back under its old id, and its next death is a second one', async () => {
    await act(async (tx) => {
      await addToOutbox(tx, [{ id: 'm1', queue: 'training', envelope: 'old' }], 1);
      await settleMessage(tx, 'm1', 'training', 'dead');
      await addDeadLetter(tx, letter());
      await addDeadLetter(tx, letter({ id: 'dl_2', queue: 'metrics' }));
    });
    const deaths = () => act((tx) => countDeaths(tx, 'm1', 'training'));
    expect(await deaths()).toEqual({ open: 1, all: 1 });

    await act((tx) => redriveDeadLetter(tx, { ...letter(), redriven_at: null }, 2000));

    expect(await deaths()).toEqual({ open: 0, all: 1 });
    expect(await pendingMessages(on.read, ['training'], 2000, 10)).toEqual([
      { id: 'm1', queue: 'training', envelope: '{"id":"m1"}' },
    ]);
    expect((await act((tx) => lockDeadLetter(tx, 't1', 'dl_1')))?.redriven_at).toBe(2000);
    await act((tx) => addDeadLetter(tx, letter({ id: 'dl_3' })));
    expect(await deaths()).toEqual({ open: 1, all: 2 });
  });

  test('a message whose outbox row was forgotten can be redriven too', async () => {
    await act((tx) => addDeadLetter(tx, letter()));

    await act((tx) => redriveDeadLetter(tx, { ...letter(), redriven_at: null }, 2000));

    expect(await pendingMessages(on.read, ['training'], 2000, 10)).toHaveLength(1);
  });
});
