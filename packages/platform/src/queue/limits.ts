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

const longestLeaseSeconds = 43_200;

/** Throws `invalid-lease` beyond 0 to 12 hours: asked of SQS, it would answer as for a lease that is lost. */
export function checkLease(visibilitySeconds: number): void {
  if (visibilitySeconds >= 0 && visibilitySeconds <= longestLeaseSeconds) return;
  throw new QueueError('invalid-lease', `A lease has 0 to ${longestLeaseSeconds} s, not ${visibilitySeconds}.`);
}

/** Throws `invalid-receive` or `invalid-lease` for options that SQS would refuse. */
export function checkReceive({ max, waitSeconds, visibilitySeconds }: ReceiveOptions): void {
  if (!(Number.isInteger(max) && max >= 1 && max <= 10 && waitSeconds >= 0 && waitSeconds <= 20)) {
    throw new QueueError('invalid-receive', `Max is 1 to 10 and the wait 0 to 20 s, not ${max} and ${waitSeconds}.`);
  }
  checkLease(visibilitySeconds);
}
