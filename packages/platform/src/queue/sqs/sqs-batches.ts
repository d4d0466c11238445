import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { QueueEntry } from '../queue.ts';

const maxEntries = 10;
const maxBatchBytes = 1_048_576;

/** The message attribute that carries our id: SQS gives a message an id of its own on every send. */
export const idAttribute = 'bellwether-id';

/** What SQS counts of an entry: the body, and name, type and value of its attributes. */
function entryBytes({ id, body }: QueueEntry): number {
  return Buffer.byteLength(body) + Buffer.byteLength(id) + idAttribute.length + 'String'.length;
}

/** Splits into batches that SQS takes: at most ten entries and 1 MiB in total. The order is kept. */
export function sendBatches(entries: readonly QueueEntry[]): QueueEntry[][] {
  const batches: QueueEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = entryBytes(entry);
    const last = batches.at(-1);
    if (last === undefined || last.length === maxEntries || bytes + size > maxBatchBytes) {
      batches.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return batches;
}

/** The SQS form of an entry. Its id within the batch is its index, since ours may have characters SQS refuses there. */
export function toSqsEntry({ id, body, delaySeconds }: QueueEntry, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: body,
    MessageAttributes: { [idAttribute]: { DataType: 'String', StringValue: id } },
    ...(delaySeconds === undefined ? {} : { DelaySeconds: Math.ceil(delaySeconds) }),
  };
}
