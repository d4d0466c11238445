import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { startFauxqsPeer } from '@bellwether/testkit/conformance';
import { expect, test } from '@jest/globals';
import { createSqsQueues } from './create-sqs-queues.ts';
import { createSqsClient } from './sqs-client.ts';

test('brings queues that exist to new settings', async () => {
  const peer = await startFauxqsPeer();
  const client = createSqsClient(peer);
  await createSqsQueues(client, [{ name: 'ingest' }], { prefix: 'p-', maxReceives: 3 });
  const urls = await createSqsQueues(client, [{ name: 'ingest' }], {
    prefix: 'p-',
    maxReceives: 7,
    visibilitySeconds: 9,
  });
  expect([...urls.keys()].sort()).toEqual(['p-ingest', 'p-ingest-dead']);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: urls.get('p-ingest'), AttributeNames: ['All'] }),
  );
  expect(Attributes?.VisibilityTimeout).toBe('9');
  expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toMatchObject({ maxReceiveCount: 7 });
  client.destroy();
  await peer.stop();
});
