export * from './limits.ts';
export * from './queue.ts';
export * from './sqlite/sqlite-queue.ts';
export * from './sqs/create-sqs-queues.ts';
export * from './sqs/sqs-client.ts';
export * from './sqs/sqs-queue.ts';
export type { UrlOf } from './sqs/sqs-queue-urls.ts';
