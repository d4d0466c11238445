import { type DeadLetter, Problem } from '@bellwether/contracts';
import {
  type DeadLetterTable,
  lockDeadLetter,
  nextCursor,
  redriveDeadLetter as redriveRow,
  listDeadLetters as selectDeadLetters,
} from '@bellwether/database';
import type { Route } from '@bellwether/platform';
import type { Deps } from '../deps.ts';

/** `GET /v1/dead-letters` */
export const listDeadLetters: Route<'listDeadLetters', Deps> = async ({ tenantId, query }, { database }) => {
  const rows = await selectDeadLetters(database.read, tenantId, query);
  return { body: { deadLetters: rows.map(letterDocument), ...nextCursor(rows, query, (row) => row.id) } };
};

/**
 * `POST /v1/dead-letters/{id}/redrive`: the message goes into the outbox again under its old id, and from there to its
 * queue. A job that ended meanwhile stays as it ended.
 */
export const redriveDeadLetter: Route<'redriveDeadLetter', Deps> = async ({ tenantId, params }, { now }) => {
  return {
    commit: async (tx) => {
      const letter = await lockDeadLetter(tx, tenantId, params.id);
      if (letter === undefined) {
        throw new Problem(404, 'dead-letter-not-found', `There is no dead letter ${params.id}.`, {
          field: 'id',
          cure: 'List what there is with GET /v1/dead-letters.',
        });
      }
      if (letter.redriven_at !== null) {
        throw new Problem(409, 'already-redriven', `Dead letter ${letter.id} was sent again before.`, {
          cure: 'If the message died again, it has a newer dead letter.',
        });
      }
      const at = now();
      await redriveRow(tx, letter, at);
      return { body: letterDocument({ ...letter, redriven_at: at }), messages: [] };
    },
  };
};

function letterDocument(row: DeadLetterTable): DeadLetter {
  return {
    id: row.id,
    messageId: row.message_id,
    queue: row.queue,
    type: row.type,
    reasons: JSON.parse(row.reasons),
    message: row.envelope,
    at: new Date(row.at).toISOString(),
    ...(row.job_id === null ? {} : { jobId: row.job_id }),
    ...(row.redriven_at === null ? {} : { redrivenAt: new Date(row.redriven_at).toISOString() }),
  };
}
