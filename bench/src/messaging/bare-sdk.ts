import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Contestant, Load, Round } from './contestant.ts';
import type { LocalStack } from './local-stack.ts';

const batch = 10;
/** As long as an envelope of the benchmark's messages. */
const bodyOf = (text: string) => text.padEnd(320, '.');

/** What the AWS SDK does with the same bodies by itself: loops that receive ten, send ten and delete ten. */
export function bareSdk({ endpoint }: LocalStack): Contestant {
  return {
    name: 'bare AWS SDK loop',
    async run(load) {
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const client = new SQSClient({ region: 'us-east-1', endpoint, credentials, useQueueUrlAsEndpoint: false });
      const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: `bench-${randomUUID()}` }));
      try {
        return await goRound(client, QueueUrl, load);
      } finally {
        await client.send(new DeleteQueueCommand({ QueueUrl }));
        client.destroy();
      }
    },
  };
}

async function goRound(client: SQSClient, QueueUrl: string, load: Load): Promise<Round> {
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const last = begun + 1000 * load.seconds;
  let messages = 0;
  let left = load.waiting;

  async function send(bodies: readonly string[]): Promise<void> {
    const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }

  async function loop(): Promise<void> {
    while (left > 0) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: batch, WaitTimeSeconds: 1, VisibilityTimeout: 30 }),
      );
      if (Messages.length === 0) continue;
      messages += Messages.length;
      if (performance.now() < last && messages < load.messages) await send(Messages.map(({ Body = '' }) => Body));
      else left -= Messages.length;
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }

  const loops = Array.from({ length: Math.ceil(load.inFlight / batch) }, loop);
  for (let sent = 0; sent < load.waiting; sent += batch) {
    const count = Math.min(batch, load.waiting - sent);
    await send(Array.from({ length: count }, (_, index) => bodyOf(`message ${sent + index}`)));
  }
  await Promise.all(loops);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { messages, seconds, rate: messages / seconds, cpu: (user + system) / 1e6 };
}
