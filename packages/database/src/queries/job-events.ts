import type { JobEventTable } from '../tables/jobs.ts';
import type { Queryable, Tx } from '../tables/tables.ts';

/** Adds a line to a job's timeline, once a message. */
export async function addJobEvent(tx: Tx, event: Omit<JobEventTable, 'sequence'>): Promise<void> {
  await tx
    .insertInto('job_events')
    .values(event)
    .onDuplicateKeyUpdate(({ ref }) => ({ message_id: ref('message_id') }))
    .execute();
}

export type JobEventRow = Omit<JobEventTable, 'sequence'> & { readonly sequence: number };

/** Lines of a timeline after a sequence number, oldest first. */
export async function jobEventsAfter(
  db: Queryable,
  jobId: string,
  after: number,
  limit: number,
): Promise<JobEventRow[]> {
  return await db
    .selectFrom('job_events')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}
