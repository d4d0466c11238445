import { z } from 'zod';

/** What a message is: its past-tense name, the version of its body, and the schema of that body. */
export interface MessageType<Type extends string = string, Body extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly version: number;
  readonly body: Body;
}

/**
 * Declares a message type.
 *
 * @param type past-tense name with a dot, as it stands in the envelope: `dataset.ready`
 * @param body schema of the body: ids and object keys, never data, since SQS takes 1 MiB at most
 * @param version raised when a reader of the old body could not read the new one
 */
export function message<const Type extends string, Body extends z.ZodType>(
  type: Type,
  body: Body,
  version = 1,
): MessageType<Type, Body> {
  return { type, version, body };
}

/** The one envelope around every message. `body` is checked against its type's own schema afterwards. */
export const Envelope = z.object({
  id: z.string().min(1).max(128),
  type: z.string().min(1),
  version: z.int().min(1),
  tenantId: z.string().min(1),
  jobId: z.string().optional(),
  /** W3C trace context of the request that began this chain: https://www.w3.org/TR/trace-context/ */
  traceparent: z.string(),
  /** ISO-8601, UTC: when the message was decided on, not when it was sent. */
  at: z.iso.datetime(),
  body: z.unknown(),
});

export interface Received<Body> extends z.infer<typeof Envelope> {
  readonly body: Body;
}
