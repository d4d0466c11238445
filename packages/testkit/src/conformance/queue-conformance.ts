import { type Lacks, registerSuite } from './cases.ts';
import { deadLetterCases } from './queue-dead-letter-cases.ts';
import { deliveryCases } from './queue-delivery-cases.ts';
import { leaseCases } from './queue-lease-cases.ts';
import type { QueueCapability, QueueSubject } from './queue-subject.ts';
import { waitingCases } from './queue-waiting-cases.ts';

export interface QueueConformanceOptions {
  readonly lacks?: Lacks<QueueCapability>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

/**
 * Registers the specifications that every queue must meet as tests. They run in real time, with waits of a second or
 * two that end with the event: a peer behind HTTP has a clock of its own.
 *
 * @param open makes a queue with two empty names and `maxReceives` 2, for one case
 */
export function queueConformance(
  name: string,
  open: () => Promise<QueueSubject>,
  { lacks = {}, start, stop }: QueueConformanceOptions = {},
): void {
  registerSuite({
    name,
    lacks,
    open,
    cases: [...deliveryCases, ...leaseCases, ...waitingCases, ...deadLetterCases],
    close: (subject) => subject.close(),
    ...(start === undefined ? {} : { start }),
    ...(stop === undefined ? {} : { stop }),
  });
}
