import type { Outgoing, Received } from '@bellwether/contracts';
import type { Tx } from '@bellwether/database';
import { openMessage } from '../messages/open.ts';
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
 * Takes one delivery all the way: open → handle under a lease → one transaction of inbox, rows and outbox → publish →
 * delete. Whatever happens in between, the message is either handled once or will be delivered again.
 */
export async function processMessage(
  context: ConsumerContext,
  { leases, wasHandled }: Shared,
  delivered: Delivered,
): Promise<Ending> {
  const { queue, spec } = context;
  const opened = openMessage(delivered.body);
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
  let handled: boolean;
  try {
    const commit = await handler(message, context.deps, { signal: lease.signal, attempt: delivered.receives });
    if (lease.lost) return 'retry';
    handled = await commitOnce(context, message, commit);
  } catch (error) {
    if (lease.lost) return 'retry';
    if (context.stop.aborted) {
      await queue.extend(spec.name, delivered.receipt, 0);
      return 'returned';
    }
    return await recordFailure(context, delivered, { error, messageId: message.id });
  }
  // Outside of the attempt: what fails here fails no message, since it is handled. It only comes once more.
  await queue.delete(spec.name, [delivered.receipt]);
  return handled ? 'handled' : 'duplicate';
}

/** Takes effect at most once. False when another delivery was first: then nothing changed. */
async function commitOnce(
  { perform, spec }: ConsumerContext,
  message: Received<unknown>,
  commit: (tx: Tx) => Promise<readonly Outgoing[]>,
): Promise<boolean> {
  try {
    return await perform({ ...message, queue: spec.name }, async (tx) => ({
      result: true,
      messages: await commit(tx),
    }));
  } catch (error) {
    if (error instanceof AlreadyHandled) return false;
    throw error;
  }
}
