import { type QueueEntry, QueueError, type ReceiveOptions } from './queue.ts';

/** SQS counts attributes into its 1 MiB, so a kibibyte is kept for the id. */
export const maxBodyBytes = 1_048_576 - 1_024;
export const maxIdLength = 256;

const outsideXml = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Says why SQS would refuse an entry, or undefined. Every implementation asks this, so that what the embedded queue
 * takes on a laptop is not refused on AWS.
 */
export function entryFault(entry: QueueEntry): string | undefined {
  if (entry.id.length === 0 || entry.id.length > maxIdLength) return `the id must have 1 to ${maxIdLength} characters`;
  if (entry.body.length === 0) return 'the body is empty';
  const bytes = Buffer.byteLength(entry.body);
  if (bytes > maxBodyBytes) return `the body has ${bytes} bytes, more than ${maxBodyBytes}`;
  if (outsideXml.test(entry.body)) return 'the body has a character that SQS does not carry';
  const delay = entry.delaySeconds ?? 0;
  if (!(delay >= 0 && delay <= 900)) return `the delay of ${delay} s is not within 0 to 900`;
  return undefined;
}

/** Throws `invalid-receive` for options that SQS would refuse. */
export function checkReceive({ max, waitSeconds, visibilitySeconds }: ReceiveOptions): void {
  const valid =
    Number.isInteger(max) &&
    max >= 1 &&
    max <= 10 &&
    waitSeconds >= 0 &&
    waitSeconds <= 20 &&
    visibilitySeconds >= 0 &&
    visibilitySeconds <= 43_200;
  if (valid) return;
  const given = JSON.stringify({ max, waitSeconds, visibilitySeconds });
  throw new QueueError(
    'invalid-receive',
    `max is 1 to 10, the wait 0 to 20 s, the lease 0 to 43,200 s; given ${given}`,
  );
}
