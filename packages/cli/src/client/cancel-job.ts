import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../terminal/progress.ts';
import type { Client } from './client.ts';
import { isOpen } from './follow-job.ts';

/** How long a cancelled job may take to end: its work looks twice a second. */
const cancelMs = 5000;

/** Cancels a job and waits until it has ended, so that nothing works on behind the person's back. */
export async function cancelJob(client: Client, id: string, progress: Progress): Promise<void> {
  try {
    await client.call('cancelJob', { params: { id } });
    const deadline = performance.now() + cancelMs;
    while (performance.now() < deadline) {
      const job = await client.call('getJob', { params: { id } });
      if (!isOpen(job)) {
        progress.line(`Job ${id} ${job.status}.`);
        return;
      }
      await pause(100);
    }
  } catch {
    progress.line(`Job ${id} may still run: cancel it with \`bellwether jobs ${id} --cancel\`.`);
  }
}
