import { flow, type Hop, type Outgoing, type Received } from '@bellwether/contracts';
import { addDeadLetter, addToOutbox, countDeaths, settleMessage, takeAttempts } from '@bellwether/database';
import { openMessage } from '../messages/open.ts';
import { derivedId, sealMessages } from '../messages/seal.ts';
import type { Delivered } from '../queue/queue.ts';
import type { ConsumerContext } from './context.ts';

/**
 * Takes one message from the dead-letter queue into the table `dead_letters`, with the reasons of its attempts, and
 * emits the `onDead` row of the flow, so that a job whose message died ends as failed and nobody waits for it.
 */
export async function processDead(context: ConsumerContext, delivered: Delivered): Promise<void> {
  const { database, queue, relay, spec, now, log } = context;
  const opened = openMessage(delivered.body);
  const message: Received<unknown> | undefined = opened.ok ? opened.message : undefined;
  const messageId = message?.id ?? delivered.id;

  const entries = await database.transact(async (tx) => {
    const deaths = await countDeaths(tx, messageId, spec.name);
    if (deaths.open > 0) return []; // the same death, delivered twice
    const recorded = await takeAttempts(tx, messageId, spec.name);
    const reasons =
      recorded.length > 0 ? recorded : [`delivered ${context.maxReceives} times; the process ended each time`];
    await addDeadLetter(tx, {
      id: context.newId('dl'),
      message_id: messageId,
      queue: spec.name,
      tenant_id: message?.tenantId ?? '-',
      job_id: message?.jobId ?? null,
      type: message?.type ?? 'unreadable',
      envelope: delivered.body,
      reasons: JSON.stringify(reasons),
      at: now(),
    });
    await settleMessage(tx, messageId, spec.name, 'dead');
    if (message === undefined || !opened.ok) return [];
    const outgoing = onDead(opened.hop, message, reasons);
    const origin = { ...message, id: derivedId(message.id, `dead/${deaths.all}`) };
    const sealed = sealMessages(outgoing, origin, now());
    await addToOutbox(tx, sealed, now());
    return sealed;
  });
  log.error({ queue: spec.name, messageId, type: message?.type }, 'a message is dead');
  await relay.publish(entries);
  await queue.deleteDead(spec.name, [delivered.receipt]);
}

function onDead(hop: Hop, message: Received<unknown>, reasons: readonly string[]): Outgoing[] {
  if (hop.onDead === undefined) return [];
  const next: Hop = flow[hop.onDead as keyof typeof flow];
  return [{ hop: next, body: { ...(message.body as object), reasons } }];
}
