import type { Received } from '@bellwether/contracts';
import { addJobEvent, lockJob, type Tx } from '@bellwether/database';

/** A message that belongs to a job becomes a line of the job's timeline, whatever its type; metrics hears them all. */
export async function recordEvent(message: Received<object>): Promise<(tx: Tx) => Promise<[]>> {
  return async (tx) => {
    if (message.jobId === undefined) return [];
    // One line of a job at a time: on MySQL the line with the smaller number may be committed later, and a reader that
    // has seen the greater one would never look for it.
    await lockJob(tx, message.jobId);
    await addJobEvent(tx, {
      message_id: message.id,
      job_id: message.jobId,
      tenant_id: message.tenantId,
      type: message.type,
      at: Date.parse(message.at),
      body: JSON.stringify(message.body),
    });
    return [];
  };
}
