import { type Database, forgetHandled, forgetSettled, overdueMessages, pendingMessages } from '@bellwether/database';
import type { Logger } from 'pino';
import type { Relay } from './relay.ts';

const day = 86_400_000;
/** Longer than any queue keeps a message (SQS: 14 days), or a late delivery would be handled a second time. */
const inboxRetention = 30 * day;
const outboxRetention = 7 * day;
const batch = 500;

export interface ReconcilerOptions {
  /** queues that this process consumes */
  readonly queues: readonly string[];
  /** milliseconds for which a pending message is left to the process that decided on it */
  readonly publishAfter: number;
  /** milliseconds after which a message that was sent and neither handled nor seen counts as lost */
  readonly resendAfter: number;
}

export interface Reconciler {
  /** One round. Returns how many messages were sent again. */
  reconcile(now: number, options?: { readonly atStart: boolean }): Promise<number>;
}

/**
 * Sends again what a crash left pending and what a queue lost, under the same ids. What is dead or handled is never
 * sent. Two processes that reconcile at once only send twice, which consumers bear.
 */
export function createReconciler(
  deps: { database: Database; relay: Relay; log: Logger },
  options: ReconcilerOptions,
): Reconciler {
  const { database, relay, log } = deps;
  return {
    async reconcile(now, { atStart } = { atStart: false }) {
      await relay.flush();
      const pending = await pendingMessages(
        database.read,
        options.queues,
        now - (atStart ? 0 : options.publishAfter),
        batch,
      );
      const overdue = await overdueMessages(database.read, options.queues, now - options.resendAfter, batch);
      const entries = [...pending, ...overdue];
      if (entries.length > 0) {
        log.info({ pending: pending.length, overdue: overdue.length }, 'sending messages again');
        await relay.publish(entries);
        await relay.flush();
      }
      await database.transact(async (tx) => {
        await forgetHandled(tx, now - inboxRetention, batch);
        await forgetSettled(tx, now - outboxRetention);
      });
      return entries.length;
    },
  };
}
