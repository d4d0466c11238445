import type { Delivered, ReceiveOptions } from '../queue/queue.ts';
import type { ConsumerContext } from './context.ts';
import { processDead } from './process-dead.ts';
import { processMessage } from './process-message.ts';

export interface Consumer {
  /**
   * Stops receiving and waits for what is in flight. After `graceMs` the rest is aborted and returned to the queue, so
   * that another process has it at once.
   */
  stop(graceMs: number): Promise<void>;
}

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
  const { queue, spec, log } = context;

  const live = receiveLoop(
    (max) => queue.receive(spec.name, receiveOptions(max)),
    (delivered) => processMessage(context, delivered),
    options.concurrency,
  );
  const dead = receiveLoop(
    (max) => queue.receiveDead(spec.name, receiveOptions(max)),
    (delivered) => processDead(context, delivered),
    1,
  );

  function receiveOptions(max: number): ReceiveOptions {
    return { max, waitSeconds: 20, visibilitySeconds: context.visibilitySeconds, signal: receiving.signal };
  }

  async function receiveLoop(
    receive: (max: number) => Promise<readonly Delivered[]>,
    work: (delivered: Delivered) => Promise<unknown>,
    concurrency: number,
  ): Promise<void> {
    const busy = new Set<Promise<unknown>>();
    while (!receiving.signal.aborted) {
      if (busy.size >= concurrency) {
        await Promise.race(busy);
        continue;
      }
      const batch = await receive(Math.min(10, concurrency - busy.size)).catch(async (error: unknown) => {
        log.warn({ queue: spec.name, err: error }, 'the queue does not answer');
        await pause(1000, receiving.signal);
        return [];
      });
      for (const delivered of batch) {
        const job = work(delivered).catch((error: unknown) => {
          // The lease ends by itself, and the message comes again.
          log.error({ queue: spec.name, err: error }, 'a delivery could not be processed');
        });
        const tracked = job.finally(() => {
          busy.delete(tracked);
          inFlight.delete(tracked);
        });
        busy.add(tracked);
        inFlight.add(tracked);
      }
    }
  }

  return {
    async stop(graceMs) {
      receiving.abort();
      const timer = setTimeout(() => abandoning.abort(new Error('the process stops')), graceMs);
      await Promise.all([live, dead]);
      await Promise.all(inFlight);
      clearTimeout(timer);
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
