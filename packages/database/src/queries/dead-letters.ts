import type { DeadLetterTable } from '../tables/delivery.ts';
import type { Queryable, Tx } from '../tables/tables.ts';
import type { MessageKey } from './outbox.ts';

/** Keeps why one attempt at a message failed. */
export async function addAttempt(tx: Tx, messageId: string, queue: string, reason: string, now: number): Promise<void> {
  await tx
    .insertInto('attempts')
    .values({ message_id: messageId, queue, reason: reason.slice(0, 4000), at: now })
    .execute();
}

/** How many attempts at a message failed. */
export async function countAttempts(tx: Tx, messageId: string, queue: string): Promise<number> {
  const { attempts } = await tx
    .selectFrom('attempts')
    .select(({ fn }) => fn.countAll().as('attempts'))
    .where('message_id', '=', messageId)
    .where('queue', '=', queue)
    .executeTakeFirstOrThrow();
  return Number(attempts);
}

/** Takes the reasons of all attempts at a message, oldest first, and forgets them. */
export async function takeAttempts(tx: Tx, messageId: string, queue: string): Promise<string[]> {
  const of = { messageId, queue };
  const rows = await tx
    .selectFrom('attempts')
    .select('reason')
    .where('message_id', '=', of.messageId)
    .where('queue', '=', of.queue)
    .orderBy('sequence')
    .execute();
  await forgetAttempts(tx, [{ id: messageId, queue }]);
  return rows.map((row) => row.reason);
}

/** Forgets failed attempts at messages that ended, with one statement a queue. */
export async function forgetAttempts(tx: Tx, keys: readonly MessageKey[]): Promise<void> {
  for (const [queue, group] of Map.groupBy(keys, (key) => key.queue)) {
    const ids = group.map(({ id }) => id);
    await tx.deleteFrom('attempts').where('queue', '=', queue).where('message_id', 'in', ids).execute();
  }
}

export interface DeadLetterCounts {
  /** not redriven yet: a further delivery of the same death */
  readonly open: number;
  readonly all: number;
}

/** How often a message died on a queue. */
export async function countDeaths(tx: Tx, messageId: string, queue: string): Promise<DeadLetterCounts> {
  const rows = await tx
    .selectFrom('dead_letters')
    .select('redriven_at')
    .where('message_id', '=', messageId)
    .where('queue', '=', queue)
    .execute();
  return { open: rows.filter((row) => row.redriven_at === null).length, all: rows.length };
}

export async function addDeadLetter(tx: Tx, row: Omit<DeadLetterTable, 'redriven_at'>): Promise<void> {
  await tx
    .insertInto('dead_letters')
    .values({ ...row, redriven_at: null })
    .execute();
}

/** A tenant's dead letters, newest first. */
export async function listDeadLetters(
  db: Queryable,
  tenantId: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<DeadLetterTable[]> {
  let query = db.selectFrom('dead_letters').selectAll().where('tenant_id', '=', tenantId);
  if (page.cursor !== undefined) query = query.where('id', '<', page.cursor);
  return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** One dead letter of a tenant, locked. */
export async function lockDeadLetter(tx: Tx, tenantId: string, id: string): Promise<DeadLetterTable | undefined> {
  return await tx
    .selectFrom('dead_letters')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Notes a redrive, and puts the message back into the outbox under its old id. */
export async function redriveDeadLetter(tx: Tx, letter: DeadLetterTable, now: number): Promise<void> {
  await tx.updateTable('dead_letters').set({ redriven_at: now }).where('id', '=', letter.id).execute();
  await tx.deleteFrom('outbox').where('id', '=', letter.message_id).where('queue', '=', letter.queue).execute();
  await tx
    .insertInto('outbox')
    .values({
      id: letter.message_id,
      queue: letter.queue,
      envelope: letter.envelope,
      state: 'pending',
      created_at: now,
      sent_at: null,
      seen_at: null,
      sends: 0,
    })
    .execute();
}
