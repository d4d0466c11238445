import type { Outgoing, Received } from '@bellwether/contracts';
import type { Tx } from '@bellwether/database';
import { openDelivered } from '../messages/open-delivered.ts';
import { parseS3Notification } from '../object-store/index.ts';
import { AlreadyHandled } from '../outbox/perform.ts';
import type { Delivered } from '../queue/queue.ts';
import type { ConsumerContext, Ending } from './context.ts';
import { recordFailure } from './failure.ts';
import type { Leases } from './leases.ts';
import { takeArrivals } from './take-arrivals.ts';

/** What the deliveries of one consumer have in common. */
export interface Shared {
  readonly leases: Leases;
  /** whether a message was handled before; asked for many at a time */
  readonly wasHandled: (messageId: string) => Promise<boolean>;
}

/**
 * Takes one delivery all the way: open → handle under a lease → one transaction of inbox, rows and outbox → publish and
 * delete. Whatever happens in between, the message is either handled once or will be delivered again.
 */
export async function processMessage(
  context: ConsumerContext,
  { leases, wasHandled }: Shared,
  delivered: Delivered,
): Promise<Ending> {
  const { queue, spec } = context;
  const opened = openDelivered(delivered, spec, context.clientTenant);
  if (!opened.ok) {
    const arrivals = parseS3Notification(delivered.body);
    if (arrivals !== undefined) return await takeArrivals(context, delivered, arrivals);
    return await recordFailure(context, delivered, { reason: opened.reason, permanent: true });
  }
  const { message, name } = opened;
  const handler = context.handlers[name];
  if (handler === undefined) {
    return await recordFailure(context, delivered, { reason: `${name} is not for ${spec.name}`, permanent: true });
  }
  if (await wasHandled(message.id)) {
    await queue.delete(spec.name, [delivered.receipt]);
    return 'duplicate';
  }

  using lease = leases.keep(delivered, message.id);
  try {
    const commit = await handler(message, context.deps, { signal: lease.signal, attempt: delivered.receives });
    if (lease.lost) return 'retry';
    return await commitOnce(context, { delivered, message, commit });
  } catch (error) {
    if (lease.lost) return 'retry';
    if (context.stop.aborted) {
      await queue.extend(spec.name, delivered.receipt, 0);
      return 'returned';
    }
    return await recordFailure(context, delivered, { error, messageId: message.id });
  }
}

interface Handled {
  readonly delivered: Delivered;
  readonly message: Received<unknown>;
  readonly commit: (tx: Tx) => Promise<readonly Outgoing[]>;
}

/** Takes effect at most once, and deletes the delivery then. */
async function commitOnce(context: ConsumerContext, { delivered, message, commit }: Handled): Promise<Ending> {
  const { perform, queue, spec, log } = context;
  async function deleteIt(): Promise<void> {
    try {
      await queue.delete(spec.name, [delivered.receipt]);
    } catch (error) {
      // It is handled, so this fails no attempt: it only comes once more.
      log.warn({ queue: spec.name, messageId: message.id, err: error }, 'a handled message could not be deleted');
    }
  }
  try {
    const decide = async (tx: Tx) => ({ result: 'handled', messages: await commit(tx) }) as const;
    return await perform({ ...message, queue: spec.name }, decide, deleteIt);
  } catch (error) {
    if (!(error instanceof AlreadyHandled)) throw error;
    await deleteIt();
    return 'duplicate';
  }
}
