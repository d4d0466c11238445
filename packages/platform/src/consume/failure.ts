import { addAttempt, countAttempts } from '@bellwether/database';
import type { Delivered } from '../queue/queue.ts';
import type { ConsumerContext, Ending } from './context.ts';

/** An error that no further attempt can cure: its message goes to the dead letters at once. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

export type Failure =
  | { readonly reason: string; readonly permanent: true }
  | { readonly error: unknown; readonly messageId: string };

/** Keeps why an attempt failed and decides what follows: another attempt later, or the dead-letter queue. */
export async function recordFailure(context: ConsumerContext, delivered: Delivered, failure: Failure): Promise<Ending> {
  const { queue, database, spec, log, now } = context;
  const reason = 'reason' in failure ? failure.reason : describe(failure.error);
  const messageId = 'messageId' in failure ? failure.messageId : delivered.id;
  const permanent = 'reason' in failure || isPermanent(failure.error);
  // Not the queue's count of deliveries: a process that was killed had one too, and no attempt failed.
  const attempt = await database.transact(async (tx) => {
    const number = 1 + (await countAttempts(tx, messageId, spec.name));
    await addAttempt(tx, messageId, spec.name, `attempt ${number}: ${reason}`, now());
    return number;
  });
  const err = 'error' in failure ? failure.error : undefined;
  log.warn({ queue: spec.name, messageId, err }, `attempt ${attempt}: ${reason}`);
  if (permanent || attempt >= context.maxAttempts) {
    await queue.bury(spec.name, delivered);
    return 'dead';
  }
  await queue.extend(spec.name, delivered.receipt, context.backoffSeconds(attempt));
  return 'retry';
}

/** By its code, not its class: errors cross worker threads and test realms, where classes differ. */
function isPermanent(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === 'PermanentError';
}

function describe(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return code === undefined ? String(message ?? error) : `${code}: ${message}`;
}

/** Seconds before the next attempt: 1, 4, 16, … up to 15 minutes, the longest that SQS delays. */
export function exponentialBackoff(attempt: number): number {
  return Math.min(900, 4 ** (attempt - 1));
}
