import type { Delivered, ReceiveOptions } from '../queue.ts';

/** One `receive` that has not been answered. */
export interface Receiver {
  readonly queue: string;
  readonly options: ReceiveOptions;
  /** beyond so many receives a message is dead; infinite for the dead letters themselves */
  readonly maxReceives: number;
  readonly settle: (messages: readonly Delivered[]) => void;
  readonly fail: (error: unknown) => void;
}

export type WaitingReceivers = ReturnType<typeof waitingReceivers>;

/**
 * Splits `available` messages over receivers in turn, each up to its `max`: with plain first come, first served the
 * first of two waiting workers would take a batch of ten and the other none.
 */
export function dealEvenly(available: number, receivers: readonly { readonly max: number }[]): number[] {
  const shares = receivers.map(() => 0);
  let left = available;
  for (let dealt = -1; dealt !== left && left > 0; ) {
    dealt = left;
    for (const [index, { max }] of receivers.entries()) {
      const share = shares[index] ?? 0;
      if (left === 0 || share >= max) continue;
      shares[index] = share + 1;
      left -= 1;
    }
  }
  return shares;
}

/** Receivers by queue, the one that waits longest first. */
export function waitingReceivers() {
  const byQueue = new Map<string, Set<Receiver>>();
  const timers = new Map<Receiver, NodeJS.Timeout>();

  function leave(receiver: Receiver): boolean {
    clearTimeout(timers.get(receiver));
    timers.delete(receiver);
    const receivers = byQueue.get(receiver.queue);
    const left = receivers?.delete(receiver) ?? false;
    if (receivers?.size === 0) byQueue.delete(receiver.queue);
    return left;
  }

  function answer(receiver: Receiver, messages: readonly Delivered[]): void {
    if (leave(receiver)) receiver.settle(messages);
  }

  return {
    of: (queue: string): readonly Receiver[] => [...(byQueue.get(queue) ?? [])],
    answer,

    enter(receiver: Receiver): void {
      const receivers = byQueue.get(receiver.queue) ?? new Set();
      byQueue.set(receiver.queue, receivers.add(receiver));
    },

    /** Nothing was there: starts the wait, once. A receiver that does not want to wait is answered at once. */
    wait(receiver: Receiver): void {
      if (timers.has(receiver)) return;
      const { waitSeconds } = receiver.options;
      if (waitSeconds === 0) answer(receiver, []);
      else timers.set(receiver, setTimeout(answer, waitSeconds * 1_000, receiver, []));
    },

    failAll(error: unknown): void {
      for (const receiver of [...byQueue.values()].flatMap((receivers) => [...receivers])) {
        if (leave(receiver)) receiver.fail(error);
      }
    },

    answerAll(): void {
      for (const receiver of [...byQueue.values()].flatMap((receivers) => [...receivers])) answer(receiver, []);
    },
  };
}
