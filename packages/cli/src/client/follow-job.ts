import { setTimeout as pause } from 'node:timers/promises';
import { type Job, type JobEvent, openJobStatuses } from '@bellwether/contracts';
import type { Client } from './client.ts';
import { ServerRefusal } from './server-refusal.ts';

export interface JobWatcher {
  readonly onEvent?: (event: JobEvent) => void;
  /** with each change of the job's row */
  readonly onJob?: (job: Job) => void;
}

const pollMs = 500;

export const isOpen = ({ status }: Pick<Job, 'status'>): boolean =>
  (openJobStatuses as readonly string[]).includes(status);

/**
 * Follows a job until it ends: by its event stream, and by polling once the stream is cut or cannot be had, as behind
 * gateways that buffer answers.
 *
 * @returns the job as it ended
 */
export async function followJob(client: Client, id: string, watcher: JobWatcher, signal: AbortSignal): Promise<Job> {
  const { onEvent = () => undefined, onJob = () => undefined } = watcher;
  let after = 0;
  const see = (event: JobEvent) => {
    after = Math.max(after, event.sequence);
    onEvent(event);
  };
  const streamed = await throughStream(client, id, { onEvent: see, onJob }, signal);
  if (streamed !== undefined) return streamed;
  for (;;) {
    const { events, job } = await client.call('listJobEvents', { params: { id }, query: { after } }, signal);
    for (const event of events) see(event);
    onJob(job);
    if (!isOpen(job)) return job;
    await pause(pollMs, undefined, { signal });
  }
}

/** The job as it ended; undefined when the stream did not come so far. */
async function throughStream(
  client: Client,
  id: string,
  { onEvent, onJob }: Required<JobWatcher>,
  signal: AbortSignal,
): Promise<Job | undefined> {
  try {
    for await (const { event, data } of client.jobEvents(id, 0, signal)) {
      if (event !== 'job') onEvent(JSON.parse(data) as JobEvent);
      else {
        const job = JSON.parse(data) as Job;
        onJob(job);
        if (!isOpen(job)) return job;
      }
    }
  } catch (error) {
    if (signal.aborted || error instanceof ServerRefusal) throw error;
  }
  return undefined;
}
