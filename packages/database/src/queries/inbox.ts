import type { Queryable, Tx } from '../tables/tables.ts';
import type { MessageKey } from './outbox.ts';

/** Whether a message was already handled on this queue. */
export async function isHandled(db: Queryable, messageId: string, queue: string): Promise<boolean> {
  const row = await db
    .selectFrom('inbox')
    .select('message_id')
    .where('message_id', '=', messageId)
    .where('queue', '=', queue)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Claims messages for the transaction, first thing: of two deliveries at once, the second one gets `false`, as does
 * whoever names a message twice, and must roll back.
 */
export async function claimMessages(tx: Tx, keys: readonly MessageKey[], now: number): Promise<boolean> {
  if (keys.length === 0) return true;
  const result = await tx
    .insertInto('inbox')
    .ignore()
    .values(keys.map(({ id, queue }) => ({ message_id: id, queue, at: now })))
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0n) === keys.length;
}

/** Claims one message, as `claimMessages` does. */
export async function claimMessage(tx: Tx, messageId: string, queue: string, now: number): Promise<boolean> {
  return await claimMessages(tx, [{ id: messageId, queue }], now);
}

/** Which of these messages were already handled on this queue. */
export async function handledAmong(
  db: Queryable,
  messageIds: readonly string[],
  queue: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('inbox')
    .select('message_id')
    .where('queue', '=', queue)
    .where('message_id', 'in', messageIds)
    .execute();
  return new Set(rows.map((row) => row.message_id));
}

/** Forgets messages handled before `before`, which must be older than any queue's retention. */
export async function forgetHandled(tx: Tx, before: number, limit: number): Promise<void> {
  const old = await tx
    .selectFrom('inbox')
    .select(['message_id', 'queue'])
    .where('at', '<', before)
    .limit(limit)
    .execute();
  for (const row of old) {
    await tx.deleteFrom('inbox').where('message_id', '=', row.message_id).where('queue', '=', row.queue).execute();
  }
}
