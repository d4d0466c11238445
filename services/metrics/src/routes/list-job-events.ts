import { setTimeout as pause } from 'node:timers/promises';
import { type JobEvent, openJobStatuses } from '@bellwether/contracts';
import { jobDocument, jobEventDocument, jobEventsAfter } from '@bellwether/database';
import { type Route, type ServerSentEvent, serverSentEvents } from '@bellwether/platform';
import type { Deps } from '../deps.ts';
import { jobOf } from './read-jobs.ts';

/** How often a stream looks at the database: any replica may serve it, so nothing in memory could tell. */
const lookEveryMs = 250;
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

/** The timeline as it grows, then the job as it ended. Between them the job whenever its row changed. */
async function* follow(
  tenantId: string,
  id: string,
  start: number,
  deps: Deps,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  let after = start;
  let shown = '';
  while (!signal.aborted) {
    // The job first: an event that comes between the two looks is seen before the stream ends.
    const job = jobDocument(await jobOf(tenantId, id, deps));
    const events: JobEvent[] = (await jobEventsAfter(deps.database.read, id, after, page)).map(jobEventDocument);
    for (const event of events) {
      after = event.sequence;
      yield { id: String(event.sequence), event: event.type, data: event };
    }
    const state = JSON.stringify(job);
    if (state !== shown) yield { event: 'job', data: job };
    shown = state;
    const isOpen = (openJobStatuses as readonly string[]).includes(job.status);
    if (!isOpen && events.length === 0) return;
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
