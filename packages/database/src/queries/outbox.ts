import type { OutboxTable } from '../tables/delivery.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

/** A message goes to several queues under one id, and ends on each by itself. */
export interface MessageKey {
  readonly id: string;
  readonly queue: string;
}

/** A message that was decided on and must reach its queue. */
export interface OutboxEntry extends MessageKey {
  readonly envelope: string;
  /** how long its queue keeps it back; not stored, so that one which is sent again comes at once */
  readonly delaySeconds?: number;
}

/** Adds decided messages; one that is already there (a fixed id of a fan-in) is left as it is. */
export async function addToOutbox(tx: Tx, entries: readonly OutboxEntry[], now: number): Promise<void> {
  // SQLite takes at most 32,766 parameters a statement.
  for (let start = 0; start < entries.length; start += 500) {
    const rows: OutboxTable[] = entries.slice(start, start + 500).map(({ id, queue, envelope }) => ({
      id,
      queue,
      envelope,
      state: 'pending',
      created_at: now,
      sent_at: null,
      seen_at: null,
      sends: 0,
    }));
    await tx.insertInto('outbox').ignore().values(rows).execute();
  }
}

/**
 * Notes that the queue has the messages. One that was handled meanwhile stays handled.
 *
 * @param at when they can be received: one that is kept back is not lost
 */
export async function markSent(tx: Tx, queue: string, ids: readonly string[], at: number): Promise<void> {
  await tx
    .updateTable('outbox')
    .set((eb) => ({ state: 'sent', sent_at: at, sends: eb('sends', '+', 1) }))
    .where('queue', '=', queue)
    .where('id', 'in', ids)
    .where('state', 'in', ['pending', 'sent'])
    .execute();
}

/** Notes the end of a message: never sent again by itself. */
export async function settleMessage(tx: Tx, id: string, queue: string, state: 'handled' | 'dead'): Promise<void> {
  await tx.updateTable('outbox').set({ state }).where('id', '=', id).where('queue', '=', queue).execute();
}

/** Notes that messages were handled, with one statement a queue. */
export async function settleHandled(tx: Tx, keys: readonly MessageKey[]): Promise<void> {
  for (const [queue, group] of Map.groupBy(keys, (key) => key.queue)) {
    const ids = group.map(({ id }) => id);
    await tx
      .updateTable('outbox')
      .set({ state: 'handled' })
      .where('queue', '=', queue)
      .where('id', 'in', ids)
      .execute();
  }
}

/** Notes that a consumer holds the message, so that the reconciler does not take long work for lost work. */
export async function markSeen(tx: Tx, id: string, queue: string, now: number): Promise<void> {
  await tx.updateTable('outbox').set({ seen_at: now }).where('id', '=', id).where('queue', '=', queue).execute();
}

/** Messages for `queues` decided before `before` that never reached a queue, oldest first. */
export async function pendingMessages(
  db: Queryable,
  queues: readonly string[],
  before: number,
  limit: number,
): Promise<OutboxEntry[]> {
  return await db
    .selectFrom('outbox')
    .select(['id', 'queue', 'envelope'])
    .where('state', '=', 'pending')
    .where('queue', 'in', queues)
    .where('created_at', '<=', before)
    .orderBy('created_at')
    .limit(limit)
    .execute();
}

/** Messages for `queues` that were sent before `before` and not seen since: the queue may have lost them. */
export async function overdueMessages(
  db: Queryable,
  queues: readonly string[],
  before: number,
  limit: number,
): Promise<OutboxEntry[]> {
  return await db
    .selectFrom('outbox')
    .select(['id', 'queue', 'envelope'])
    .where('state', '=', 'sent')
    .where('queue', 'in', queues)
    .where('sent_at', '<=', before)
    .where((eb) => eb.or([eb('seen_at', 'is', null), eb('seen_at', '<=', before)]))
    .orderBy('sent_at')
    .limit(limit)
    .execute();
}

/** Forgets messages that ended and were decided before `before`. */
export async function forgetSettled(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('outbox').where('state', '=', 'handled').where('created_at', '<', before).execute();
}
