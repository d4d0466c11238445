import { setTimeout } from 'node:timers/promises';

/** How long something that may be repeated is tried; times in milliseconds. */
export interface Patience {
  /** bound of the first pause; it doubles with every further one */
  readonly first: number;
  /** bound of all pauses */
  readonly longest: number;
  /** no try begins later than this after the first one, when there were enough */
  readonly total: number;
  /** how many tries are enough, 1 when not given: a process that is starved of CPU makes few in any time */
  readonly enough?: number;
}

export interface Waiting {
  /** milliseconds that only grow */
  readonly now: () => number;
  /** in [0, 1) */
  readonly random: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

const realWaiting: Waiting = { now: () => performance.now(), random: Math.random, pause: setTimeout };

/**
 * Runs `work` until it succeeds, fails for good, or patience ends. Pauses are drawn evenly from zero to a bound that
 * doubles (AWS Architecture Blog, "Exponential Backoff And Jitter", full jitter): transactions that got into each
 * other's way once would do so again if they all came back at the same time.
 *
 * @param again whether an error is of the kind that another try may cure
 * @throws the last error of `work`
 */
export async function retry<R>(
  work: () => Promise<R>,
  again: (error: unknown) => boolean,
  patience: Patience,
  { now, random, pause }: Waiting = realWaiting,
): Promise<R> {
  const { first, longest, total, enough = 1 } = patience;
  const end = now() + total;
  for (let tries = 1, bound = first; ; tries++, bound = Math.min(2 * bound, longest)) {
    try {
      return await work();
    } catch (error) {
      const wait = random() * bound;
      if (!again(error) || (tries >= enough && now() + wait > end)) throw error;
      await pause(wait);
    }
  }
}
