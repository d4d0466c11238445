import { setTimeout as pause } from 'node:timers/promises';
import type { Dataset } from '@bellwether/contracts';
import type { Client } from './client.ts';

const firstPauseMs = 40;
const longestPauseMs = 1000;

/** Waits until an uploaded dataset was validated; small ones take well under a second. */
export async function awaitDataset(client: Client, id: string, signal: AbortSignal): Promise<Dataset> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const dataset = await client.call('getDataset', { params: { id } }, signal);
    if (dataset.status === 'ready' || dataset.status === 'rejected') return dataset;
    await pause(pauseMs, undefined, { signal });
  }
}
