import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { checkLease, checkReceive, entryFault } from '../limits.ts';
import {
  type Delivered,
  type Queue,
  type QueueEntry,
  QueueError,
  type ReceiveOptions,
  type SendFailure,
} from '../queue.ts';
import { idAttribute, sendBatches, toSqsEntry } from './sqs-batches.ts';
import { batchedDeletes } from './sqs-deletes.ts';
import { leaseLost, queueMissing } from './sqs-errors.ts';
import { askForUrl, remembered, type UrlOf } from './sqs-queue-urls.ts';
import { moveByHand, redriveSqs } from './sqs-redrive.ts';

export interface SqsQueueOptions {
  readonly client: SQSClient;
  /** the URL of a queue by its full name; SQS is asked by default */
  readonly urlOf?: UrlOf;
  /** a queue is called `<prefix><name>` and its dead letters `<prefix><name><deadLetterSuffix>` */
  readonly prefix?: string;
  /** `-dead` */
  readonly deadLetterSuffix?: string;
  /**
   * Redrive by SQS's move task; true. LocalStack 4.13 has the task but keeps the receive counts, so that a message which
   * died of them dies again before anybody sees it: false moves by receiving and sending.
   */
  readonly moveTask?: boolean;
}

/** Batches under way at once for one `send`: an outbox of hundreds of rows would otherwise pay each round trip. */
const parallelBatches = 4;

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function toDelivered(message: Message): Delivered {
  return {
    // What did not come from us, such as a bucket's notification, has SQS's own id.
    id: message.MessageAttributes?.[idAttribute]?.StringValue ?? message.MessageId ?? '',
    body: message.Body ?? '',
    receipt: message.ReceiptHandle ?? '',
    receives: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
    sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
  };
}

/**
 * Queues of SQS. They are made by the stack, or by `createSqsQueues`; the dead-letter queue is bound by each queue's
 * redrive policy. `close` leaves the client to who made it.
 */
export function openSqsQueue(options: SqsQueueOptions): Queue {
  const { client, prefix = '', deadLetterSuffix = '-dead', moveTask = true } = options;
  const url = remembered(options.urlOf ?? askForUrl(client));
  const urlOf = (queue: string) => url(`${prefix}${queue}`);
  const urlOfDead = (queue: string) => url(`${prefix}${queue}${deadLetterSuffix}`);
  const deleteFrom = batchedDeletes(client);
  const ended = new AbortController();

  function checkOpen(): void {
    if (ended.signal.aborted) throw new QueueError('queue-closed', 'The queue is closed.');
  }

  /** Sends what SQS takes in one request. A request that failed as a whole is a failure of each of its entries. */
  async function sendBatch(queueUrl: () => Promise<string>, batch: readonly QueueEntry[]): Promise<SendFailure[]> {
    try {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({ QueueUrl: await queueUrl(), Entries: batch.map(toSqsEntry) }),
      );
      return Failed.map(({ Id, Code, Message }) => ({
        id: batch[Number(Id)]?.id ?? '',
        reason: `${Code}: ${Message ?? ''}`,
      }));
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return batch.map(({ id }) => ({ id, reason }));
    }
  }

  async function sendAll(queueUrl: () => Promise<string>, entries: readonly QueueEntry[]): Promise<SendFailure[]> {
    checkOpen();
    const faults = entries.flatMap((entry) => {
      const reason = entryFault(entry);
      return reason === undefined ? [] : [{ entry, failure: { id: entry.id, reason } }];
    });
    const refused = new Set(faults.map(({ entry }) => entry));
    const failures = faults.map(({ failure }) => failure);
    const batches = sendBatches(entries.filter((entry) => !refused.has(entry)));
    for (let first = 0; first < batches.length; first += parallelBatches) {
      const underWay = batches.slice(first, first + parallelBatches).map((batch) => sendBatch(queueUrl, batch));
      failures.push(...(await Promise.all(underWay)).flat());
    }
    return failures;
  }

  async function receiveFrom(queueUrl: string, receive: ReceiveOptions): Promise<readonly Delivered[]> {
    const signals = receive.signal === undefined ? [ended.signal] : [ended.signal, receive.signal];
    const abortSignal = AbortSignal.any(signals);
    if (abortSignal.aborted) return [];
    try {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: receive.max,
          WaitTimeSeconds: Math.ceil(receive.waitSeconds),
          VisibilityTimeout: Math.ceil(receive.visibilitySeconds),
          MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
          MessageAttributeNames: [idAttribute],
        }),
        { abortSignal },
      );
      return Messages.map(toDelivered);
    } catch (error) {
      // What SQS was about to answer becomes visible again when its lease ends.
      if (abortSignal.aborted) return [];
      throw error;
    }
  }

  async function numbers(queueUrl: string) {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  }

  return {
    send: (queue, entries) => sendAll(() => urlOf(queue), entries),

    async receive(queue, receive) {
      checkOpen();
      checkReceive(receive);
      return receiveFrom(await urlOf(queue), receive);
    },

    async extend(queue, receipt, visibilitySeconds) {
      checkOpen();
      checkLease(visibilitySeconds);
      try {
        await client.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: await urlOf(queue),
            ReceiptHandle: receipt,
            VisibilityTimeout: Math.ceil(visibilitySeconds),
          }),
        );
        return true;
      } catch (error) {
        if (leaseLost.has(nameOf(error))) return false;
        throw error;
      }
    },

    async delete(queue, receipts) {
      checkOpen();
      await deleteFrom(await urlOf(queue), receipts);
    },

    async bury(queue, delivered) {
      const [failure] = await sendAll(() => urlOfDead(queue), [{ id: delivered.id, body: delivered.body }]);
      // Not deleted then: the message comes again and is buried later.
      if (failure !== undefined) throw new QueueError('queue-unavailable', `Bury: ${failure.reason}`);
      await deleteFrom(await urlOf(queue), [delivered.receipt]);
    },

    async receiveDead(queue, receive) {
      checkOpen();
      checkReceive(receive);
      return receiveFrom(await urlOfDead(queue), receive);
    },

    async deleteDead(queue, receipts) {
      checkOpen();
      await deleteFrom(await urlOfDead(queue), receipts);
    },

    async redrive(queue) {
      checkOpen();
      const move = { client, from: await urlOfDead(queue), to: await urlOf(queue) };
      return moveTask ? redriveSqs(move) : moveByHand(move);
    },

    async counts(queue) {
      checkOpen();
      const [live, dead] = await Promise.all([numbers(await urlOf(queue)), numbers(await urlOfDead(queue))]);
      return { ...live, dead: dead.visible + dead.inFlight + dead.delayed };
    },

    async check(queue) {
      checkOpen();
      try {
        await Promise.all([numbers(await urlOf(queue)), numbers(await urlOfDead(queue))]);
      } catch (error) {
        const missing = queueMissing.has(nameOf(error));
        const detail = missing
          ? `SQS has no queue ${prefix}${queue} or no ${prefix}${queue}${deadLetterSuffix}.`
          : `SQS does not answer for ${prefix}${queue}: ${error instanceof Error ? error.message : String(error)}`;
        throw new QueueError(missing ? 'queue-not-found' : 'queue-unavailable', detail, { cause: error });
      }
    },

    async close() {
      ended.abort();
    },
  };
}
