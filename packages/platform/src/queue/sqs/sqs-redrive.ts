import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

/** Far above what a person redrives by hand; bounds the loop when messages die again as fast as they are moved. */
const maxMoved = 100_000;
const leaseSeconds = 60;

const unsupported = new Set(['UnsupportedOperation', 'InvalidAction', 'NotImplemented', 'UnknownOperationException']);

interface Move {
  readonly client: SQSClient;
  readonly from: string;
  readonly to: string;
}

/**
 * Moves all messages of the dead-letter queue at URL `from` to the queue at URL `to`: by SQS's own move task, which
 * goes on by itself, or by receiving and sending where a peer has none. Returns how many, as far as SQS knows.
 */
export async function redriveSqs(move: Move): Promise<number> {
  try {
    return await startMoveTask(move);
  } catch (error) {
    if (!(error instanceof Error) || !unsupported.has(error.name)) throw error;
    return await moveByHand(move);
  }
}

async function attribute(client: SQSClient, url: string, name: 'QueueArn' | 'ApproximateNumberOfMessages') {
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [name] }));
  return Attributes?.[name];
}

async function startMoveTask({ client, from, to }: Move): Promise<number> {
  const waiting = Number((await attribute(client, from, 'ApproximateNumberOfMessages')) ?? 0);
  const [SourceArn, DestinationArn] = await Promise.all([
    attribute(client, from, 'QueueArn'),
    attribute(client, to, 'QueueArn'),
  ]);
  await client.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
  return waiting;
}

/** Receives, sends and deletes until the queue at `from` is empty. A crash on the way leaves duplicates, never a gap. */
export async function moveByHand({ client, from, to }: Move): Promise<number> {
  let moved = 0;
  while (moved < maxMoved) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: from,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: leaseSeconds,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    for (const batch of withinBatchBytes(Messages)) moved += await moveBatch({ client, from, to }, batch);
  }
  return moved;
}

/** Ten received messages may have up to 10 MiB together, and one batch takes 1 MiB: large ones go alone. */
function withinBatchBytes(messages: readonly Message[]): Message[][] {
  const large = 100_000;
  const small = messages.filter(({ Body = '' }) => Buffer.byteLength(Body) <= large);
  const alone = messages.filter((message) => !small.includes(message)).map((message) => [message]);
  return small.length === 0 ? alone : [small, ...alone];
}

async function moveBatch({ client, from, to }: Move, messages: readonly Message[]): Promise<number> {
  const { Successful = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: to,
      Entries: messages.map(({ Body, MessageAttributes }, index) => ({
        Id: String(index),
        MessageBody: Body,
        MessageAttributes,
      })),
    }),
  );
  if (Successful.length === 0) return 0;
  await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: from,
      Entries: Successful.map(({ Id }) => ({ Id, ReceiptHandle: messages[Number(Id)]?.ReceiptHandle })),
    }),
  );
  return Successful.length;
}
