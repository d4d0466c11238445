import { type BatchResultErrorEntry, DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Call, perTurn } from '../../batching/per-turn.ts';
import { QueueError } from '../queue.ts';
import { leaseLost } from './sqs-errors.ts';

/** SQS takes no more in a request. */
const mostDeleted = 10;

/** Whether a second attempt could cure it; a stale receipt is nobody's failure. */
function isFault({ SenderFault, Code }: BatchResultErrorEntry): boolean {
  return SenderFault !== true && !leaseLost.has(Code ?? '');
}

/**
 * Deletes deliveries, those of one turn of the event loop together: messages that were handled by one transaction are
 * deleted by one request.
 */
export function batchedDeletes(client: SQSClient) {
  const byUrl = new Map<string, (receipt: string) => Promise<void>>();

  async function deleteTogether(QueueUrl: string, calls: readonly Call<string, void>[]): Promise<void> {
    const Entries = calls.map(({ item }, index) => ({ Id: String(index), ReceiptHandle: item }));
    const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    for (const failed of Failed.filter(isFault)) {
      const detail = `Delete: ${failed.Code} ${failed.Message ?? ''}`;
      calls[Number(failed.Id)]?.reject(new QueueError('queue-unavailable', detail));
    }
    // What was rejected stays so.
    for (const { resolve } of calls) resolve();
  }

  return async (queueUrl: string, receipts: readonly string[]): Promise<void> => {
    const known = byUrl.get(queueUrl);
    const deleteSoon = known ?? perTurn<string, void>((calls) => deleteTogether(queueUrl, calls), mostDeleted);
    if (known === undefined) byUrl.set(queueUrl, deleteSoon);
    await Promise.all(receipts.map(deleteSoon));
  };
}
