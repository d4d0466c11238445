import { flow, type Hop, maxDeliveries, type Outgoing, type Received, type Service } from '@bellwether/contracts';
import { addDeadLetter, countDeaths, isHandled, settleMessage, takeAttempts } from '@bellwether/database';
import { openDelivered } from '../messages/open-delivered.ts';
import { derivedId } from '../messages/seal.ts';
import type { Delivered } from '../queue/queue.ts';
import type { ConsumerContext } from './context.ts';

/**
 * Takes one message from the dead-letter queue into the table `dead_letters`, with the reasons of its attempts, and
 * emits the `onDead` row of the flow, so that a job whose message died ends as failed and nobody waits for it.
 */
export async function processDead(context: ConsumerContext, delivered: Delivered): Promise<void> {
  const { queue, perform, spec, now, log } = context;
  const opened = openDelivered(delivered, spec, context.clientTenant);
  const message: Received<unknown> = opened.ok ? opened.message : unreadable(delivered);
  const origin = { ...message, id: derivedId(message.id, `dead/${delivered.receives}`) };

  await perform(origin, async (tx) => {
    if (await isHandled(tx, message.id, spec.name)) {
      // Handled, and only its delete was lost each time: it is not dead.
      await settleMessage(tx, message.id, spec.name, 'handled');
      return { result: undefined, messages: [] };
    }
    const deaths = await countDeaths(tx, message.id, spec.name);
    if (deaths.open > 0) return { result: undefined, messages: [] }; // the same death, delivered twice
    const recorded = await takeAttempts(tx, message.id, spec.name);
    const silent = `delivered ${maxDeliveries} times; the process ended each time`;
    const reasons = recorded.length > 0 ? recorded : [silent];
    await addDeadLetter(tx, {
      id: context.newId('dl'),
      message_id: message.id,
      queue: spec.name,
      tenant_id: message.tenantId,
      job_id: message.jobId ?? null,
      type: message.type,
      envelope: delivered.body,
      reasons: JSON.stringify(reasons),
      at: now(),
    });
    await settleMessage(tx, message.id, spec.name, 'dead');
    return { result: undefined, messages: opened.ok ? onDead(opened.hop, spec.service, message, reasons) : [] };
  });
  log.error({ queue: spec.name, messageId: message.id, type: message.type }, 'a message is dead');
  await queue.deleteDead(spec.name, [delivered.receipt]);
}

/** What can be said of a body that is no message of ours. No tenant has the id `-`, so only the operator sees it. */
function unreadable(delivered: Delivered): Received<unknown> {
  return {
    id: delivered.id,
    type: 'unreadable',
    version: 1,
    tenantId: '-',
    traceparent: '',
    at: new Date(delivered.sentAt).toISOString(),
    body: {},
  };
}

/** Only the service that may say it does: a timeline that missed a line does not fail the job. */
function onDead(hop: Hop, service: Service, message: Received<unknown>, reasons: readonly string[]): Outgoing[] {
  if (hop.onDead === undefined) return [];
  const next: Hop = flow[hop.onDead as keyof typeof flow];
  if (next.from !== service) return [];
  return [{ hop: next, body: { ...(message.body as object), reasons } }];
}
