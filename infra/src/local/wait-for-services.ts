import { type Service, services } from '@bellwether/contracts';
import type { ServiceUrls } from '../local-stack.ts';

export interface WaitOptions {
  readonly timeoutMilliseconds: number;
  readonly pollMilliseconds?: number;
  /** asks one service; never throws, and gives up by itself */
  readonly isReady?: (url: string) => Promise<boolean>;
}

/** Whether a service says that it can do its work: its queue, bucket and database answer. */
async function answersReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(6000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/**
 * Waits until every service is ready. They look for queues that were missing about once a second.
 *
 * @returns the names of those that are not ready in time
 */
export async function waitForServices(urls: ServiceUrls, options: WaitOptions): Promise<readonly Service[]> {
  const { timeoutMilliseconds, pollMilliseconds = 250, isReady = answersReady } = options;
  const until = performance.now() + timeoutMilliseconds;
  let waiting: readonly Service[] = services;
  for (;;) {
    const ready = await Promise.all(waiting.map((service) => isReady(urls[service])));
    waiting = waiting.filter((_, index) => ready[index] !== true);
    if (waiting.length === 0 || performance.now() >= until) return waiting;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
