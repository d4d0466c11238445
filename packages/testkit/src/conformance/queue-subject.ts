import type { Delivered, Queue, ReceiveOptions } from '@bellwether/platform';
import type { Case } from './cases.ts';

/** What a queue or its test peer may lack. */
export type QueueCapability =
  | 'order'
  | 'one-per-id'
  | 'fair-shares'
  | 'declared-queues'
  | 'astral-characters'
  | 'aborted-poll-keeps-messages'
  | 'stale-receipt-is-refused';

/** An open queue with two names under which nothing is queued yet. `maxReceives` is 2. */
export interface QueueSubject {
  readonly queue: Queue;
  readonly name: string;
  readonly otherName: string;
  readonly close: () => Promise<void>;
}

export type QueueCase = Case<QueueSubject, QueueCapability>;

export const maxReceives = 2;

/** Enough for any message that is or becomes visible within a second; the wait ends when it comes. */
export const patient: ReceiveOptions = { max: 10, waitSeconds: 10, visibilitySeconds: 30 };
export const atOnce: ReceiveOptions = { max: 10, waitSeconds: 0, visibilitySeconds: 30 };

export function entries(count: number, prefix = 'm') {
  return Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, body: `{"n":${index}}` }));
}

/** Receives until `count` messages have come. */
export async function receiveMany(
  receive: (options: ReceiveOptions) => Promise<readonly Delivered[]>,
  count: number,
): Promise<Delivered[]> {
  const received: Delivered[] = [];
  while (received.length < count) received.push(...(await receive(patient)));
  return received;
}

/** Receives one message and fails loudly when there is none. */
export async function receiveOne(queue: Queue, name: string, options: ReceiveOptions = patient): Promise<Delivered> {
  const [delivered] = await queue.receive(name, { ...options, max: 1 });
  if (delivered === undefined) throw new Error(`nothing came from ${name}`);
  return delivered;
}
