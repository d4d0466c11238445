import { type DeleteMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { batchedDeletes } from './sqs-deletes.ts';

/** A client that answers by itself and keeps the receipts of each request. */
function answering(failed: (receipt: string) => object | undefined = () => undefined) {
  const requests: string[][] = [];
  const client = new SQSClient({ region: 'us-east-1' });
  client.send = async ({ input }: DeleteMessageBatchCommand) => {
    const entries = input.Entries ?? [];
    requests.push(entries.map(({ ReceiptHandle = '' }) => ReceiptHandle));
    const Failed = entries.flatMap(({ Id, ReceiptHandle = '' }) => {
      const failure = failed(ReceiptHandle);
      return failure === undefined ? [] : [{ Id, ...failure }];
    });
    return { Failed };
  };
  return { client, requests };
}

test('deletes of one turn go to SQS by ten, each queue’s by themselves', async () => {
  const { client, requests } = answering();
  const deleteSoon = batchedDeletes(client);
  const receipts = Array.from({ length: 11 }, (_, index) => `a${index}`);

  await Promise.all([...receipts.map((receipt) => deleteSoon('a', [receipt])), deleteSoon('b', ['b0', 'b1'])]);

  expect(requests.map(({ length }) => length)).toEqual([10, 1, 2]);
  expect(requests.flat()).toEqual([...receipts, 'b0', 'b1']);
});

test('a delete that fails fails nobody else, and a stale receipt is no failure', async () => {
  const { client } = answering((receipt) => {
    if (receipt === 'broken') return { Code: 'InternalError', SenderFault: false };
    return receipt === 'stale' ? { Code: 'ReceiptHandleIsInvalid', SenderFault: true } : undefined;
  });
  const deleteSoon = batchedDeletes(client);

  const outcomes = await Promise.allSettled(['good', 'broken', 'stale'].map((receipt) => deleteSoon('q', [receipt])));

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
