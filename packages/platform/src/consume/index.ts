export { type Consumer, startConsumer } from './consumer.ts';
export type { ConsumerContext } from './context.ts';
export { exponentialBackoff, PermanentError } from './failure.ts';
export { type JobWatch, type JobWatchOptions, watchJob } from './watch-job.ts';
