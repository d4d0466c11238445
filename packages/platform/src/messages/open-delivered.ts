import { hash } from 'node:crypto';
import { type Flow, type FlowName, flow, type Hop, type QueueSpec } from '@bellwether/contracts';
import type { Delivered } from '../queue/queue.ts';
import { type Opened, openMessage } from './open.ts';

/**
 * Opens a delivery of a queue. What arrives where clients write has no envelope, and none is believed: their message is
 * put into ours as it stands, under the queue's id of it and for the one tenant that the queue belongs to.
 *
 * @param clientTenant tenant of the queues that clients write to
 */
export function openDelivered(delivered: Delivered, spec: QueueSpec, clientTenant: string): Opened {
  const name = spec.rows.find((row) => (flow[row] as Hop).from === 'client');
  return name === undefined ? openMessage(delivered.body) : enveloped(name, delivered, clientTenant);
}

function enveloped(name: FlowName, { id, body, sentAt }: Delivered, tenantId: string): Opened {
  const hop: Flow[FlowName] = flow[name];
  const digest = hash('sha256', id, 'hex');
  return {
    ok: true,
    name,
    hop,
    message: {
      id,
      type: hop.message.type,
      version: hop.message.version,
      tenantId,
      traceparent: `00-${digest.slice(0, 32)}-${digest.slice(32, 48)}-00`,
      at: new Date(sentAt).toISOString(),
      body: { message: jsonOrText(body), messageId: id },
    },
  };
}

/** What is no JSON is carried as text: refusing it is for whoever knows what was to be said. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
