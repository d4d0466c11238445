export { hashApiKey, newApiKey } from './auth/index.ts';
export { type ChildEnd, type ChildWatch, runInChild } from './child/run-in-child.ts';
export * from './config/index.ts';
export {
  type Consumer,
  type ConsumerContext,
  exponentialBackoff,
  type JobWatch,
  type JobWatchOptions,
  PermanentError,
  startConsumer,
  watchJob,
} from './consume/index.ts';
export { openApiDocument, type ServerSentEvent, serverSentEvents } from './http/index.ts';
export { uploadedMessage, uploadKey } from './messages/uploaded.ts';
export * from './object-store/index.ts';
export { createPerform, type Perform } from './outbox/perform.ts';
export { createReconciler, type Reconciler } from './outbox/reconciler.ts';
export { createRelay, type Relay } from './outbox/relay.ts';
export * from './queue/index.ts';
export { openDatabaseRequestLog, type RequestLog, type RequestLogEntry } from './request-log/index.ts';
export * from './runtime/index.ts';
