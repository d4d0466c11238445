import { type Database, markSeen } from '@bellwether/database';
import type { Delivered, Queue } from '../queue/queue.ts';

/** The right to work on a message, renewed while the work goes on. */
export interface Lease extends Disposable {
  /** aborted when the lease is lost, or when the process must stop */
  readonly signal: AbortSignal;
  /** whether another consumer may have the message now */
  readonly lost: boolean;
}

interface Held {
  readonly delivered: Delivered;
  readonly messageId: string;
  readonly abort: AbortController;
  lost: boolean;
}

export type Leases = ReturnType<typeof keepLeases>;

/**
 * Renews the leases on all messages in work at a third of their length, by one timer. A message of ours that another
 * consumer could receive meanwhile must not be worked on: its signal is aborted as soon as that is known.
 *
 * @param stop aborts all of them
 */
export function keepLeases(
  { queue, database, now }: { queue: Queue; database: Database; now: () => number },
  options: { readonly queue: string; readonly visibilitySeconds: number; readonly stop: AbortSignal },
) {
  const held = new Set<Held>();

  async function renew(lease: Held): Promise<void> {
    try {
      if (await queue.extend(options.queue, lease.delivered.receipt, options.visibilitySeconds)) {
        await database.transact((tx) => markSeen(tx, lease.messageId, options.queue, now()));
      } else {
        lease.lost = true;
        lease.abort.abort(new Error('the lease on the message was lost'));
      }
    } catch {
      // A queue that does not answer now may answer before the lease ends; another renewal fits in at least.
    }
  }

  const timer = setInterval(
    () => {
      for (const lease of held) void renew(lease);
    },
    (options.visibilitySeconds * 1000) / 3,
  ).unref();
  options.stop.addEventListener('abort', () => {
    for (const { abort } of held) abort.abort(options.stop.reason);
  });

  return {
    keep(delivered: Delivered, messageId: string): Lease {
      const lease: Held = { delivered, messageId, abort: new AbortController(), lost: false };
      held.add(lease);
      if (options.stop.aborted) lease.abort.abort(options.stop.reason);
      return {
        signal: lease.abort.signal,
        get lost() {
          return lease.lost;
        },
        [Symbol.dispose]: () => held.delete(lease),
      };
    },
    close: () => clearInterval(timer),
  };
}
