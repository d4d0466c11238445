import { Envelope, type Flow, type FlowName, flow, type Hop, type Received } from '@bellwether/contracts';

/** A message as a consumer got it: its row of the flow and its checked envelope, or why it is none of ours. */
export type Opened =
  | { readonly ok: true; readonly name: FlowName; readonly hop: Hop; readonly message: Received<unknown> }
  | { readonly ok: false; readonly reason: string };

const byType = new Map<string, FlowName>(
  (Object.keys(flow) as FlowName[]).map((name) => [flow[name].message.type, name]),
);

/** Reads and checks a message against the schema of its type. Never throws: what arrives in a queue is not trusted. */
export function openMessage(body: string): Opened {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  const envelope = Envelope.safeParse(value);
  if (!envelope.success) return { ok: false, reason: `bad envelope: ${envelope.error.message}` };
  const name = byType.get(envelope.data.type);
  if (name === undefined) return { ok: false, reason: `unknown type ${envelope.data.type}` };
  const hop: Flow[FlowName] = flow[name];
  if (envelope.data.version > hop.message.version) {
    return {
      ok: false,
      reason: `version ${envelope.data.version} of ${envelope.data.type} is newer than this service`,
    };
  }
  const parsed = hop.message.body.safeParse(envelope.data.body);
  if (!parsed.success) return { ok: false, reason: `bad body of ${envelope.data.type}: ${parsed.error.message}` };
  return { ok: true, name, hop, message: { ...envelope.data, body: parsed.data } };
}
