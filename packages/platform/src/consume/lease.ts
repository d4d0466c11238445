import { type Database, markSeen } from '@bellwether/database';
import type { Delivered, Queue } from '../queue/queue.ts';

/** The right to work on a message, renewed while the work goes on. */
export interface Lease extends Disposable {
  /** aborted when the lease is lost, or when the process must stop */
  readonly signal: AbortSignal;
  /** whether another consumer may have the message now */
  readonly lost: boolean;
}

/**
 * Renews the lease at a third of its length. A message of ours that another consumer could receive meanwhile must not
 * be worked on: the signal is aborted as soon as that is known.
 */
export function keepLease(
  deps: { queue: Queue; database: Database; now: () => number },
  source: { readonly queue: string; readonly delivered: Delivered; readonly messageId: string },
  options: { readonly visibilitySeconds: number; readonly stop: AbortSignal },
): Lease {
  const abort = new AbortController();
  let lost = false;

  async function renew(): Promise<void> {
    try {
      const ours = await deps.queue.extend(source.queue, source.delivered.receipt, options.visibilitySeconds);
      if (ours) {
        await deps.database.transact((tx) => markSeen(tx, source.messageId, source.queue, deps.now()));
      } else {
        lost = true;
        abort.abort(new Error('the lease on the message was lost'));
      }
    } catch {
      // A queue that does not answer now may answer before the lease ends; two more renewals fit in.
    }
  }

  const timer = setInterval(() => void renew(), (options.visibilitySeconds * 1000) / 3);
  return {
    signal: AbortSignal.any([abort.signal, options.stop]),
    get lost() {
      return lost;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
