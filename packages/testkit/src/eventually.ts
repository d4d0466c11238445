import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a state instead of a time: asks until the answer is something.
 *
 * @param ask returns undefined or false while the state is not reached
 * @throws after `timeoutMs`, naming what was waited for
 */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false> | Value | undefined | false,
  timeoutMs = 20_000,
): Promise<Value> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const value = await ask();
    if (value !== undefined && value !== false) return value;
    await pause(5);
  }
  throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
}
