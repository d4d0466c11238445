import { hash } from 'node:crypto';
import { type Hop, type Outgoing, queueName, type Received } from '@bellwether/contracts';
import type { OutboxEntry } from '@bellwether/database';

/** What a new message inherits from the message or the request that led to it. */
export interface Origin {
  readonly id: string;
  readonly tenantId: string;
  readonly traceparent: string;
  readonly jobId?: string | undefined;
}

/**
 * An id that the same cause gives again: a message handled twice leads to the same messages, not to more.
 *
 * @param id of the incoming message or request
 * @param place which of its outgoing messages
 */
export function derivedId(id: string, place: string): string {
  return hash('sha256', `${id}/${place}`, 'base64url').slice(0, 32);
}

/**
 * Puts outgoing messages into envelopes, one entry per queue that a row of the flow names.
 *
 * @param now milliseconds since the epoch
 */
export function sealMessages(outgoing: readonly Outgoing[], origin: Origin, now: number): OutboxEntry[] {
  return outgoing.flatMap((message, place) => {
    const envelope = sealOne(message, origin, place, now);
    const json = JSON.stringify(envelope);
    return message.hop.to.map((service) => ({
      id: envelope.id,
      queue: queueName(message.hop, service),
      envelope: json,
      ...(message.delaySeconds === undefined ? {} : { delaySeconds: message.delaySeconds }),
    }));
  });
}

function sealOne(
  { hop, body, jobId, id }: Outgoing<Hop>,
  origin: Origin,
  place: number,
  now: number,
): Received<unknown> {
  const messageId = id ?? derivedId(origin.id, `${hop.message.type}/${place}`);
  const job = jobId ?? origin.jobId;
  return {
    id: messageId,
    type: hop.message.type,
    version: hop.message.version,
    tenantId: origin.tenantId,
    ...(job === undefined ? {} : { jobId: job }),
    traceparent: childOf(origin.traceparent, messageId),
    at: new Date(now).toISOString(),
    body,
  };
}

/** The same trace with a span id of the message's own: https://www.w3.org/TR/trace-context/#traceparent-header */
function childOf(traceparent: string, messageId: string): string {
  const [version = '00', trace = '0'.repeat(32), , flags = '00'] = traceparent.split('-');
  return [version, trace, hash('sha256', messageId, 'hex').slice(0, 16), flags].join('-');
}
