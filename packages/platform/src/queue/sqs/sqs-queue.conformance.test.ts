import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsPeer, queueConformance, startFauxqsPeer } from '@bellwether/testkit/conformance';
import { createSqsQueues } from './create-sqs-queues.ts';
import { createSqsClient } from './sqs-client.ts';
import { openSqsQueue } from './sqs-queue.ts';

let peer: FauxqsPeer;
let client: SQSClient;

queueConformance(
  'SQS on fauxqs',
  async () => {
    const prefix = `${randomUUID()}-`;
    await createSqsQueues(client, [{ name: 'one' }, { name: 'two' }], { prefix, maxReceives: 2 });
    const queue = openSqsQueue({ client, prefix });
    return { queue, name: 'one', otherName: 'two', close: () => queue.close() };
  },
  {
    async start() {
      peer = await startFauxqsPeer();
      client = createSqsClient(peer);
    },
    async stop() {
      client.destroy();
      await peer.stop();
    },
    lacks: {
      order: 'standard queues promise none',
      'one-per-id': 'standard queues keep both; the inbox drops the second',
      'fair-shares': 'SQS gives what one poll finds',
      'astral-characters': 'fauxqs refuses them, SQS does not',
    },
  },
);
