import { maxDeliveries } from '@bellwether/contracts';
import { checkLease, checkReceive, entryFault } from '../limits.ts';
import { type Delivered, type Queue, QueueError, type ReceiveOptions } from '../queue.ts';
import { deadQueue, openQueueTable } from './queue-table.ts';
import { dealEvenly, type Receiver, waitingReceivers } from './waiting-receivers.ts';

export interface SqliteQueueOptions {
  /** path of the queues' own file, `queue.sqlite`; its folder must exist */
  readonly file: string;
  /** `normal` survives the death of the process, `full` a power loss too */
  readonly durability?: 'normal' | 'full';
  /** a message received this often and not deleted is dead; `maxDeliveries` */
  readonly maxReceives?: number;
  /** after so many days a message is dropped, dead or alive, as in SQS; 14 */
  readonly retentionDays?: number;
  /** milliseconds since the epoch; for tests */
  readonly now?: () => number;
}

const dayMs = 86_400_000;
const sweepEveryMs = 3_600_000;
/** setTimeout fires at once beyond 2^31 - 1 ms */
const longestTimerMs = 2_147_483_647;

interface Operation {
  /** runs inside the group's transaction; returns what to do once it is committed */
  readonly run: (now: number) => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Queues in an SQLite file apart from the main database: queue operations never wait behind one of its transactions,
 * and what recovers a lost send or a double delivery (outbox, inbox) is the same as with SQS.
 *
 * All operations of one turn of the event loop share a transaction, and no promise resolves before its commit.
 * Waiting receivers are served in the transaction that sends. One process opens the file.
 */
export function openSqliteQueue(options: SqliteQueueOptions): Queue {
  const { retentionDays = 14, now = Date.now } = options;
  const table = openQueueTable(options.file, options.durability ?? 'normal');
  // One process opens the file, so a lease that is still running was held by one that ended: nobody renews it, and
  // waiting for its end would only delay what a crash interrupted.
  table.releaseLeases(now());
  const receivers = waitingReceivers();
  const due = new Map<string, number>();
  let operations: Operation[] = [];
  /** queues in which something may have become receivable, or somebody came to receive */
  let stirred = new Set<string>();
  let scheduled: NodeJS.Immediate | undefined;
  let alarm: NodeJS.Timeout | undefined;
  let sweptAt = 0;
  let closed = false;

  function schedule(): void {
    scheduled ??= setImmediate(flush);
  }

  function stir(queue: string): void {
    stirred.add(queue);
    schedule();
  }

  /** Serves the receivers of one queue. Nothing outside the table changes before the returned functions are called. */
  function serve(queue: string, at: number): (() => void)[] {
    const waiting = receivers.of(queue);
    if (waiting.length === 0) return [() => due.delete(queue)];
    const wanted = waiting.reduce((sum, { options: { max } }) => sum + max, 0);
    const shares =
      waiting.length === 1
        ? [wanted]
        : dealEvenly(
            table.visible(queue, at, wanted),
            waiting.map((receiver) => receiver.options),
          );
    const settled = waiting.map((receiver, index) => serveOne(receiver, shares[index] ?? 0, at));
    const next = table.nextVisibleAt(queue);
    settled.push(() => (next === undefined ? due.delete(queue) : due.set(queue, next)));
    return settled;
  }

  function serveOne(receiver: Receiver, share: number, at: number): () => void {
    const { queue, maxReceives, options: lease } = receiver;
    const until = at + Math.round(lease.visibilitySeconds * 1_000);
    const { taken, died } =
      share === 0 ? { taken: [], died: false } : table.claim(queue, share, at, until, maxReceives);
    return () => {
      if (died) stir(deadQueue(queue));
      if (taken.length > 0) receivers.answer(receiver, taken);
      else receivers.wait(receiver);
    };
  }

  function flush(): void {
    scheduled = undefined;
    const group = operations;
    operations = [];
    const at = now();
    const sweeping = at - sweptAt >= sweepEveryMs;
    try {
      table.begin();
      const settled = group.map((operation) => operation.run(at));
      if (sweeping) table.sweep(at - retentionDays * dayMs);
      // Each queue once: the same receiver served twice before the commit would lose the first messages.
      for (const queue of stirred) settled.push(...serve(queue, at));
      table.commit();
      stirred = new Set();
      if (sweeping) sweptAt = at;
      for (const settle of settled) settle();
    } catch (error) {
      table.rollback();
      for (const { fail } of group) fail(error);
      receivers.failAll(error);
      stirred = new Set();
    }
    setAlarm();
  }

  /** One timer, at the first moment at which a message that somebody waits for becomes visible. */
  function setAlarm(): void {
    clearTimeout(alarm);
    alarm = undefined;
    const first = Math.min(...due.values());
    if (closed || first === Number.POSITIVE_INFINITY) return;
    const ring = () => {
      for (const [queue, at] of due) if (at <= now()) stirred.add(queue);
      schedule();
    };
    alarm = setTimeout(ring, Math.min(Math.max(first - now(), 0), longestTimerMs));
  }

  function commit<T>(run: (at: number) => T): Promise<T> {
    if (closed) return Promise.reject(new QueueError('queue-closed', 'The queue is closed.'));
    return new Promise<T>((resolve, fail) => {
      const settleAfter = (at: number) => {
        const value = run(at);
        return () => resolve(value);
      };
      operations.push({ run: settleAfter, fail });
      schedule();
    });
  }

  async function receive(queue: string, options: ReceiveOptions, maxReceives: number): Promise<readonly Delivered[]> {
    checkReceive(options);
    if (closed) throw new QueueError('queue-closed', 'The queue is closed.');
    const { signal } = options;
    if (signal?.aborted) return [];
    let end: (() => void) | undefined;
    try {
      return await new Promise<readonly Delivered[]>((settle, fail) => {
        const receiver = { queue, options, maxReceives, settle, fail };
        end = () => receivers.answer(receiver, []);
        signal?.addEventListener('abort', end, { once: true });
        receivers.enter(receiver);
        stir(queue);
      });
    } finally {
      if (end !== undefined) signal?.removeEventListener('abort', end);
    }
  }

  return {
    receive: (queue, lease) => receive(queue, lease, options.maxReceives ?? maxDeliveries),
    receiveDead: (queue, lease) => receive(deadQueue(queue), lease, Number.POSITIVE_INFINITY),

    async send(queue, entries) {
      const failures = entries.map((entry) => ({ id: entry.id, reason: entryFault(entry) }));
      await commit((at) => {
        for (const [index, entry] of entries.entries()) {
          if (failures[index]?.reason === undefined) table.send(queue, entry, at);
        }
        stirred.add(queue);
      });
      return failures.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ id, reason }]));
    },

    async extend(queue, receipt, visibilitySeconds) {
      checkLease(visibilitySeconds);
      return commit((at) => {
        stirred.add(queue);
        return table.extend(queue, receipt, at, at + Math.round(visibilitySeconds * 1_000));
      });
    },

    delete: (queue, receipts) =>
      commit(() => {
        for (const receipt of receipts) table.delete(queue, receipt);
      }),

    deleteDead: (queue, receipts) =>
      commit(() => {
        for (const receipt of receipts) table.delete(deadQueue(queue), receipt);
      }),

    bury: (queue, delivered) =>
      commit((at) => {
        table.bury(queue, delivered.receipt, at);
        stirred.add(deadQueue(queue));
      }),

    redrive: (queue) =>
      commit((at) => {
        stirred.add(queue);
        return table.redrive(queue, at);
      }),

    counts: (queue) => commit((at) => table.counts(queue, at)),

    check: (queue) => commit((at) => void table.visible(queue, at, 1)),

    async close() {
      if (closed) return;
      closed = true;
      if (scheduled !== undefined) {
        clearImmediate(scheduled);
        flush();
      }
      clearTimeout(alarm);
      receivers.answerAll();
      table.close();
    },
  };
}
