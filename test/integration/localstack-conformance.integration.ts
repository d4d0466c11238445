import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createS3Client, createSqsClient, createSqsQueues, openS3Store, openSqsQueue } from '@bellwether/platform';
import { objectStoreConformance, queueConformance } from '@bellwether/testkit/conformance';

const endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://localhost:4566';
const peer = { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const sqs = createSqsClient(peer);
const s3 = createS3Client(peer);
const nothing = async () => undefined;

queueConformance(
  'SQS on LocalStack',
  async () => {
    const prefix = `${randomUUID()}-`;
    await createSqsQueues(sqs, [{ name: 'one' }, { name: 'two' }], { prefix, maxReceives: 2 });
    // LocalStack's move task keeps receive counts, so that what is redriven would die again at once.
    const queue = openSqsQueue({ client: sqs, prefix, moveTask: false });
    return { queue, name: 'one', otherName: 'two', close: () => queue.close() };
  },
  {
    start: nothing,
    stop: async () => sqs.destroy(),
    lacks: {
      order: 'standard queues promise none',
      'one-per-id': 'standard queues keep both; the inbox drops the second',
      'fair-shares': 'SQS gives what one poll finds',
      'stale-receipt-is-refused': 'LocalStack honours every receipt that it ever gave',
    },
  },
);

objectStoreConformance(
  'S3 on LocalStack',
  async () => {
    const bucket = randomUUID();
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const store = openS3Store({ client: s3, bucket, prefix: 'stage/' });
    return { store, close: () => store.close() };
  },
  {
    start: nothing,
    stop: async () => s3.destroy(),
    lacks: {
      'unsigned-requests-are-refused': 'LocalStack lets them pass',
      'size-limits': 'S3 cannot bound a size that it was not told; the notification is checked',
      'no-keys-below-keys': 'S3 has no folders',
      notifications: 'by way of SQS: the journeys on this runtime take them',
    },
  },
);
