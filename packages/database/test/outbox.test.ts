import {
  addToOutbox,
  forgetSettled,
  markSeen,
  markSent,
  type OutboxEntry,
  overdueMessages,
  pendingMessages,
  settleHandled,
  settleMessage,
} from '@bellwether/database';
import { expect, test } from '@jest/globals';
import { onEachDialect } from './on-each-dialect.ts';

const entry = (id: string, queue = 'training'): OutboxEntry => ({ id, queue, envelope: `{"id":"${id}"}` });

onEachDialect((on) => {
  const { act } = on;
  const add = (now: number, ...entries: OutboxEntry[]) => act((tx) => addToOutbox(tx, entries, now));
  const send = (now: number, ...ids: string[]) => act((tx) => markSent(tx, 'training', ids, now));
  const idsOf = (entries: readonly OutboxEntry[]) => entries.map(({ id }) => id);
  const pending = async (before = 1e6, queues = ['training'], limit = 100) =>
    idsOf(await pendingMessages(on.read, queues, before, limit));
  const overdue = async (before = 1e6, queues = ['training'], limit = 100) =>
    idsOf(await overdueMessages(on.read, queues, before, limit));
  const states = async () =>
    Object.fromEntries(
      (await on.read.selectFrom('outbox').select(['id', 'state']).execute()).map(({ id, state }) => [id, state]),
    );

  test('what was decided is pending, oldest first, and complete', async () => {
    await add(2, entry('b'));
    await add(1, entry('a'));

    expect(await pendingMessages(on.read, ['training'], 2, 10)).toEqual([entry('a'), entry('b')]);
    expect(await pending(1)).toEqual(['a']);
    expect(await pending(2, ['training'], 1)).toEqual(['a']);
  });

  test('pending messages are given for the queues that were asked for', async () => {
    await add(1, entry('a'), entry('a', 'metrics'), entry('b', 'ingest'));

    expect(await pending(1, ['metrics', 'ingest'])).toHaveLength(2);
    expect(await pending(1, ['Metrics'])).toEqual([]);
    expect(await pending(1, [])).toEqual([]);
    expect(await overdue(1, [])).toEqual([]);
  });

  test('a message that is there already stays as it is, beside new ones', async () => {
    await add(1, entry('a'));
    await send(2, 'a');
    await add(3, { ...entry('a'), envelope: 'another' }, entry('b'));

    expect(await states()).toEqual({ a: 'sent', b: 'pending' });
    const row = await on.read.selectFrom('outbox').selectAll().where('id', '=', 'a').executeTakeFirst();
    expect(row).toMatchObject({ envelope: entry('a').envelope, created_at: 1, sends: 1, sent_at: 2 });
  });

  test('a thousand messages go in and out at once', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => entry(`m${at}`));
    await add(1, ...many);
    await add(1);

    await send(2, ...idsOf(many));

    expect(await pending()).toEqual([]);
    expect(await overdue(2, ['training'], 2_000)).toHaveLength(1_200);
  });

  test('a message is sent on its queue alone, and each sending is counted', async () => {
    await add(1, entry('a'), entry('a', 'metrics'));
    await send(2, 'a');
    await send(5, 'a');
    await send(6);

    expect(await pending(9, ['training', 'metrics'])).toEqual(['a']);
    const row = await on.read.selectFrom('outbox').selectAll().where('queue', '=', 'training').executeTakeFirst();
    expect(row).toMatchObject({ state: 'sent', sends: 2, sent_at: 5 });
  });

  test('what ended is neither pending nor overdue, and a late note of its sending changes nothing', async () => {
    await add(1, entry('handled'), entry('dead'), entry('other'));
    await send(2, 'handled', 'dead', 'other');
    await act((tx) => settleMessage(tx, 'handled', 'training', 'handled'));
    await act((tx) => settleMessage(tx, 'dead', 'training', 'dead'));
    await act((tx) => settleMessage(tx, 'other', 'metrics', 'dead'));

    await send(3, 'handled', 'dead');

    expect(await states()).toEqual({ handled: 'handled', dead: 'dead', other: 'sent' });
    expect(await overdue()).toEqual(['other']);
  });

  test('messages of several queues are noted as handled together', async () => {
    await add(1, entry('a'), entry('b'), entry('c', 'metrics'), entry('d'));

    await act((tx) =>
      settleHandled(tx, [
        { id: 'a', queue: 'training' },
        { id: 'c', queue: 'metrics' },
        { id: 'd', queue: 'metrics' },
      ]),
    );
    await act((tx) => settleHandled(tx, []));

    expect(await states()).toEqual({ a: 'handled', b: 'pending', c: 'handled', d: 'pending' });
  });

  test('overdue is what was sent before a time and not seen since', async () => {
    await add(1, entry('a'), entry('b'), entry('c'));
    await send(10, 'b');
    await send(5, 'a', 'c');
    await act((tx) => markSeen(tx, 'c', 'training', 12));

    expect(await overdue(4)).toEqual([]);
    expect(await overdue(5)).toEqual(['a']);
    expect(await overdue(11)).toEqual(['a', 'b']);
    expect((await overdue(12)).sort()).toEqual(['a', 'b', 'c']);
    expect(await overdue(12, ['training'], 1)).toHaveLength(1);
  });

  test('only handled messages from before a time are forgotten', async () => {
    await add(1, entry('old'), entry('dead'), entry('sent'));
    await add(5, entry('new'));
    await send(6, 'sent');
    for (const id of ['old', 'new']) await act((tx) => settleMessage(tx, id, 'training', 'handled'));
    await act((tx) => settleMessage(tx, 'dead', 'training', 'dead'));

    await act((tx) => forgetSettled(tx, 5));

    expect(await states()).toEqual({ dead: 'dead', new: 'handled', sent: 'sent' });
  });
});
