import { join } from 'node:path';
import type { Config } from '../config/variables.ts';
import { createSqsClient, openSqliteQueue, openSqsQueue, type Queue } from '../queue/index.ts';

/** The queue that the configuration names. */
export function openQueue(config: Config): Queue {
  if (config.QUEUE === 'sqs') {
    return openSqsQueue({
      client: createSqsClient({
        region: config.AWS_REGION,
        ...(config.AWS_ENDPOINT_URL === undefined ? {} : { endpoint: config.AWS_ENDPOINT_URL }),
      }),
      prefix: config.QUEUE_PREFIX,
      // LocalStack's move task keeps receive counts, so that a redriven message would die again at once.
      moveTask: config.AWS_ENDPOINT_URL === undefined,
    });
  }
  return openSqliteQueue({
    file: join(config.DATA_DIR, 'queue.sqlite'),
    durability: config.DURABILITY,
  });
}
