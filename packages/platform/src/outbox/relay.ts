import { type Database, markSent, type OutboxEntry } from '@bellwether/database';
import type { Logger } from 'pino';
import type { Queue } from '../queue/queue.ts';

/** Brings decided messages to their queues. */
export interface Relay {
  /**
   * Sends messages and notes them as sent. What fails stays pending in the outbox, for the reconciler; nothing throws,
   * because the transaction that decided on them is done.
   */
  publish(entries: readonly OutboxEntry[]): Promise<void>;
}

export function createRelay(deps: { database: Database; queue: Queue; now: () => number; log: Logger }): Relay {
  const { database, queue, now, log } = deps;

  async function publishTo(name: string, entries: readonly OutboxEntry[]): Promise<void> {
    const failures = await queue.send(
      name,
      entries.map(({ id, envelope, delaySeconds = 0 }) => ({ id, body: envelope, delaySeconds })),
    );
    for (const failure of failures) log.warn({ queue: name, ...failure }, 'a message was not sent and stays pending');
    const failed = new Set(failures.map((failure) => failure.id));
    const sent = entries.filter((entry) => !failed.has(entry.id));
    for (const [delaySeconds, group] of Map.groupBy(sent, (entry) => entry.delaySeconds ?? 0)) {
      const ids = group.map(({ id }) => id);
      await database.transact((tx) => markSent(tx, name, ids, now() + delaySeconds * 1000));
    }
  }

  return {
    async publish(entries) {
      const queues = Map.groupBy(entries, (entry) => entry.queue);
      for (const [name, group] of queues) {
        try {
          await publishTo(name, group);
        } catch (error) {
          log.warn({ queue: name, err: error }, 'messages were not sent and stay pending');
        }
      }
    },
  };
}
