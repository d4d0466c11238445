import { setTimeout as pause } from 'node:timers/promises';
import { type Job, type JobEvent, openJobStatuses } from '@bellwether/contracts';
import { jobDocument, jobEventDocument, jobEventsAfter } from '@bellwether/database';
import { type Route, type ServerSentEvent, serverSentEvents } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { jobOf } from './read-jobs.ts';

/** How often a stream looks at the database: any replica may serve it, so nothing in memory could tell. */
const lookEveryMs = 250;
const lookAtEndMs = 20;
/** Two seconds: a line that is not there by then may have died, and nobody waits for it. */
const mostLooksAtEnd = 100;
const page = 500;

/** `GET /v1/jobs/{id}/events`: a stream for who accepts one, a page otherwise */
export const listJobEvents: Route<'listJobEvents', Deps> = async (request, deps) => {
  const { tenantId, params, query, signal } = request;
  const job = await jobOf(tenantId, params.id, deps);
  if (request.header('accept')?.includes('text/event-stream')) {
    const lastSeen = Number(request.header('last-event-id') ?? query.after);
    const after = Number.isSafeInteger(lastSeen) ? lastSeen : query.after;
    return serverSentEvents(follow(tenantId, params.id, after, deps, signal), { signal });
  }
  const events = (await jobEventsAfter(deps.database.read, params.id, query.after, page)).map(jobEventDocument);
  return { body: { events, job: jobDocument(job) } };
};

/**
 * The timeline as it grows, and the job whenever its row changed; its end comes last. The timeline follows the row by
 * the time of a message, so the end is held back until the lines that tell of it are there.
 */
async function* follow(
  tenantId: string,
  id: string,
  start: number,
  deps: Deps,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  let after = start;
  let shown = '';
  let looksAtEnd = 0;
  while (!signal.aborted) {
    // The job first: an event that comes between the two looks is seen before the stream ends.
    const job = jobDocument(await jobOf(tenantId, id, deps));
    const events: JobEvent[] = (await jobEventsAfter(deps.database.read, id, after, page)).map(jobEventDocument);
    for (const event of events) {
      after = event.sequence;
      yield { id: String(event.sequence), event: event.type, data: event };
    }
    const isOpen = (openJobStatuses as readonly string[]).includes(job.status);
    const isTold = !isOpen && events.length === 0 && (looksAtEnd++ >= mostLooksAtEnd || (await isEndTold(job, deps)));
    const state = JSON.stringify(job);
    if (state !== shown && (isOpen || isTold)) {
      yield { event: 'job', data: job };
      shown = state;
    }
    if (isTold) return;
    await pause(isOpen ? lookEveryMs : lookAtEndMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Whether the timeline has the lines that a job's end brings. */
async function isEndTold({ id, result }: Job, { database }: Deps): Promise<boolean> {
  const expected = result?.promoted === true ? [`${id}:finished`, `${id}:promoted`] : [`${id}:finished`];
  const there = await database.read
    .selectFrom('job_events')
    .select('message_id')
    .where('message_id', 'in', expected)
    .execute();
  return there.length === expected.length;
}
