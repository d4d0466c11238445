import { z } from 'zod';

export interface NotifiedObject {
  readonly key: string;
  readonly etag: string;
  /** bytes */
  readonly size: number;
}

const Notification = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      s3: z.object({
        object: z.object({ key: z.string(), size: z.int().min(0).default(0), eTag: z.string().default('') }),
      }),
    }),
  ),
});
const TestEvent = z.object({ Event: z.literal('s3:TestEvent') });

/** S3 writes keys as in a form: `+` is a space, the rest percent-encoded. */
function decodeKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * Reads a message that a bucket sent to a queue.
 *
 * @returns the objects that were created: none for `s3:TestEvent`, which S3 sends when notifications are set up, and
 *   for removals. Undefined when the body is no notification of S3 at all.
 */
export function parseS3Notification(body: string): NotifiedObject[] | undefined {
  const json = parseJson(body);
  if (TestEvent.safeParse(json).success) return [];
  const notification = Notification.safeParse(json);
  if (!notification.success) return undefined;
  return notification.data.Records.flatMap(({ eventName, s3: { object } }) => {
    const key = decodeKey(object.key);
    // Records of AWS have `ObjectCreated:Put`, some peers `s3:ObjectCreated:Put`.
    if (key === undefined || !/^(s3:)?ObjectCreated:/.test(eventName)) return [];
    return [{ key, size: object.size, etag: object.eTag.replaceAll('"', '') }];
  });
}
