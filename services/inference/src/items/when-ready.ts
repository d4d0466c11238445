import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '@bellwether/contracts';

/** Below the 29 s after which API Gateway gives up. */
const longestMs = 20_000;
const everyMs = 100;

/**
 * An answer about items. While they are being prepared it waits for them: who asks right after a training would else
 * have to guess how long that takes.
 *
 * @param now milliseconds since the epoch
 * @throws what `ask` throws; `items-not-ready` when they are not within 20 s
 */
export async function whenReady<Answer>(
  ask: () => Promise<Answer>,
  now: () => number,
  signal: AbortSignal,
): Promise<Answer> {
  const end = now() + longestMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'items-not-ready' || now() >= end) throw error;
    }
    await pause(everyMs, undefined, { signal });
  }
}
