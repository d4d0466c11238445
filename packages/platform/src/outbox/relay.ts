import { type Database, markSent, type OutboxEntry } from '@bellwether/database';
import type { Logger } from 'pino';
import type { Queue } from '../queue/queue.ts';

/** Brings decided messages to their queues. */
export interface Relay {
  /**
   * Sends messages, and notes soon afterwards that they are sent. What fails stays pending in the outbox, for the
   * reconciler; nothing throws, because the transaction that decided on them is done.
   */
  publish(entries: readonly OutboxEntry[]): Promise<void>;
  /** Notes what is not noted yet: before somebody looks for what was not sent, or closes the database. */
  flush(): Promise<void>;
}

/**
 * How long the note waits for others. Most messages are handled within this time and then need none: the note is only
 * for finding what a queue lost. A crash in between sends them once more, which consumers bear.
 */
const noteAfterMs = 50;
const largestNote = 500;

interface Sent {
  readonly id: string;
  readonly queue: string;
  readonly delaySeconds: number;
}

export function createRelay(deps: { database: Database; queue: Queue; now: () => number; log: Logger }): Relay {
  const { database, queue, now, log } = deps;
  let unnoted: Sent[] = [];
  let timer: NodeJS.Timeout | undefined;
  let noting: Promise<void> = Promise.resolve();

  async function sendTo(name: string, entries: readonly OutboxEntry[]): Promise<void> {
    const failures = await queue.send(
      name,
      entries.map(({ id, envelope, delaySeconds = 0 }) => ({ id, body: envelope, delaySeconds })),
    );
    for (const failure of failures) log.warn({ queue: name, ...failure }, 'a message was not sent and stays pending');
    const failed = new Set(failures.map((failure) => failure.id));
    const sent = entries.filter((entry) => !failed.has(entry.id));
    unnoted.push(...sent.map(({ id, delaySeconds = 0 }) => ({ id, queue: name, delaySeconds })));
    // What is kept back would be sent again without its delay: it must not look pending after a crash.
    if (unnoted.length >= largestNote || sent.some(({ delaySeconds = 0 }) => delaySeconds > 0)) await flush();
    else timer ??= setTimeout(() => void flush(), noteAfterMs).unref();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const sent = unnoted;
    unnoted = [];
    noting = noting.then(() => note(sent));
    return noting;
  }

  async function note(sent: readonly Sent[]): Promise<void> {
    if (sent.length === 0) return;
    try {
      await database.transact(async (tx) => {
        for (const [name, group] of Map.groupBy(sent, (entry) => entry.queue)) {
          for (const [delaySeconds, alike] of Map.groupBy(group, (entry) => entry.delaySeconds)) {
            const ids = alike.map(({ id }) => id);
            await markSent(tx, name, ids, now() + delaySeconds * 1000);
          }
        }
      });
    } catch (error) {
      log.warn({ err: error }, 'messages were sent, and could not be noted as sent');
    }
  }

  return {
    flush,
    async publish(entries) {
      for (const [name, group] of Map.groupBy(entries, (entry) => entry.queue)) {
        try {
          await sendTo(name, group);
        } catch (error) {
          log.warn({ queue: name, err: error }, 'messages were not sent and stay pending');
        }
      }
    },
  };
}
