import { expect, test } from '@jest/globals';
import { sendBatches, toSqsEntry } from './sqs-batches.ts';

const entry = (id: string, bytes: number) => ({ id, body: 'x'.repeat(bytes) });

test('batches hold at most ten entries, in order', () => {
  const entries = Array.from({ length: 23 }, (_, index) => entry(`m${index}`, 10));
  const batches = sendBatches(entries);
  expect(batches.map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(batches.flat()).toEqual(entries);
});

test('batches hold at most 1 MiB, the bytes of ids and attributes included', () => {
  const half = 524_288 - 'a'.length - 'bellwether-id'.length - 'String'.length;
  expect(sendBatches([entry('a', half), entry('b', half)])).toHaveLength(1);
  expect(sendBatches([entry('a', half), entry('b', half + 1)])).toHaveLength(2);
});

test('counts bytes, not characters', () => {
  const body = 'é'.repeat(300_000);
  expect(
    sendBatches([
      { id: 'a', body },
      { id: 'b', body },
    ]),
  ).toHaveLength(2);
});

test('an id that SQS would refuse as a batch id travels as an attribute', () => {
  expect(toSqsEntry({ id: 'job:1/é', body: 'x', delaySeconds: 0.2 }, 3)).toEqual({
    Id: '3',
    MessageBody: 'x',
    MessageAttributes: { 'bellwether-id': { DataType: 'String', StringValue: 'job:1/é' } },
    DelaySeconds: 1,
  });
});
