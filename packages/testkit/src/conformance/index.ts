export * from './fauxqs-peer.ts';
export * from './queue-conformance.ts';
export type { QueueCapability, QueueSubject } from './queue-subject.ts';
