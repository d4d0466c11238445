export * from './fauxqs-peer.ts';
export * from './object-store-conformance.ts';
export type { ObjectStoreCapability, ObjectStoreSubject, Uploaded } from './object-store-subject.ts';
export * from './queue-conformance.ts';
export type { QueueCapability, QueueSubject } from './queue-subject.ts';
export * from './request-log.ts';
export * from './warehouse-conformance.ts';
export type { WarehouseCapability, WarehouseSubject } from './warehouse-subject.ts';
