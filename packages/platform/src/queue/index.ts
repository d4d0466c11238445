export * from './create-sqs-queues.ts';
export * from './limits.ts';
export * from './queue.ts';
export * from './sqlite-queue.ts';
export * from './sqs-client.ts';
export * from './sqs-queue.ts';
export type { UrlOf } from './sqs-queue-urls.ts';
