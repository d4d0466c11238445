import { handledAmong } from '@bellwether/database';
import { perTurn } from '../batching/per-turn.ts';
import type { Delivered, ReceiveOptions } from '../queue/queue.ts';
import type { ConsumerContext } from './context.ts';
import { freeSlots } from './free-slots.ts';
import { keepLeases } from './leases.ts';
import { processDead } from './process-dead.ts';
import { processMessage, type Shared } from './process-message.ts';

export interface Consumer {
  /**
   * Stops receiving and waits for what is in flight. After `graceMs` the rest is aborted and returned to the queue, so
   * that another process has it at once.
   */
  stop(graceMs: number): Promise<void>;
}

/** SQS gives no more at a time. */
const mostReceived = 10;
const mostAsked = 100;

/**
 * Consumes one queue and its dead-letter queue.
 *
 * @param concurrency messages handled at once. Only free slots are filled: a message that waits here for a slot would
 *   be hidden from the consumers that have one.
 */
export function startConsumer(options: Omit<ConsumerContext, 'stop'> & { readonly concurrency: number }): Consumer {
  const receiving = new AbortController();
  const abandoning = new AbortController();
  const context: ConsumerContext = { ...options, stop: abandoning.signal };
  const inFlight = new Set<Promise<unknown>>();
  const { queue, database, spec, log, visibilitySeconds } = context;

  const shared: Shared = {
    leases: keepLeases(context, { queue: spec.name, visibilitySeconds, stop: context.stop }),
    wasHandled: perTurn<string, boolean>(async (calls) => {
      const ids = calls.map(({ item }) => item);
      const handled = await handledAmong(database.read, ids, spec.name);
      for (const { item, resolve } of calls) resolve(handled.has(item));
    }, mostAsked),
  };

  const live = receiveLoops(
    (max) => queue.receive(spec.name, receiveOptions(max)),
    (delivered) => processMessage(context, shared, delivered),
    options.concurrency,
  );
  const dead = receiveLoops(
    (max) => queue.receiveDead(spec.name, receiveOptions(max)),
    (delivered) => processDead(context, delivered),
    1,
  );

  function receiveOptions(max: number): ReceiveOptions {
    return { max, waitSeconds: 20, visibilitySeconds, signal: receiving.signal };
  }

  /** As many requests at a time as it takes to fill all slots: one after the other, they would be the limit. */
  async function receiveLoops(
    receive: (max: number) => Promise<readonly Delivered[]>,
    work: (delivered: Delivered) => Promise<unknown>,
    concurrency: number,
  ): Promise<void> {
    const slots = freeSlots(concurrency);
    const loops = Array.from({ length: Math.ceil(concurrency / mostReceived) }, async () => {
      while (!receiving.signal.aborted) {
        const taken = await slots.take(mostReceived);
        const batch = receiving.signal.aborted ? [] : await receiveOrPause(receive, taken);
        slots.giveBack(taken - batch.length);
        for (const delivered of batch) track(work(delivered), () => slots.giveBack(1));
      }
    });
    await Promise.all(loops);
  }

  async function receiveOrPause(receive: (max: number) => Promise<readonly Delivered[]>, max: number) {
    try {
      return await receive(max);
    } catch (error) {
      log.warn({ queue: spec.name, err: error }, 'the queue does not answer');
      await pause(1000, receiving.signal);
      return [];
    }
  }

  function track(job: Promise<unknown>, ended: () => void): void {
    const tracked = job
      .catch((error: unknown) => {
        // The lease ends by itself, and the message comes again.
        log.error({ queue: spec.name, err: error }, 'a delivery could not be processed');
      })
      .finally(() => {
        inFlight.delete(tracked);
        ended();
      });
    inFlight.add(tracked);
  }

  return {
    async stop(graceMs) {
      receiving.abort();
      const timer = setTimeout(() => abandoning.abort(new Error('the process stops')), graceMs);
      await Promise.all([live, dead]);
      await Promise.all(inFlight);
      clearTimeout(timer);
      shared.leases.close();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
