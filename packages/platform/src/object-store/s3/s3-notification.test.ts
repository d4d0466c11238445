import { expect, test } from '@jest/globals';
import { parseS3Notification } from './s3-notification.ts';

const record = (eventName: string, object: object) => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  eventName,
  s3: { bucket: { name: 'data' }, object },
});
const body = (...records: object[]) => JSON.stringify({ Records: records });

test('reads the objects that were created', () => {
  const created = [
    record('ObjectCreated:Put', { key: 'uploads/a.csv', size: 12, eTag: 'abc', sequencer: '00' }),
    record('ObjectCreated:CompleteMultipartUpload', { key: 'uploads/b.csv', size: 3, eTag: '"def-2"' }),
  ];
  expect(parseS3Notification(body(...created))).toEqual([
    { key: 'uploads/a.csv', size: 12, etag: 'abc' },
    { key: 'uploads/b.csv', size: 3, etag: 'def-2' },
  ]);
});

test('reads the event name of peers that prefix it, and an empty object without a size', () => {
  expect(parseS3Notification(body(record('s3:ObjectCreated:Put', { key: 'k', eTag: 'e' })))).toEqual([
    { key: 'k', size: 0, etag: 'e' },
  ]);
});

test('decodes keys as forms are', () => {
  const [object] =
    parseS3Notification(body(record('ObjectCreated:Put', { key: 'a+b%2Bc/%C3%A9', size: 1, eTag: 'e' }))) ?? [];
  expect(object?.key).toBe('a b+c/é');
});

test('passes over a key that cannot be decoded', () => {
  expect(parseS3Notification(body(record('ObjectCreated:Put', { key: '%E0%A4%A', size: 1, eTag: 'e' })))).toEqual([]);
});

test('finds nothing in a test event', () => {
  expect(parseS3Notification('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"data"}')).toEqual([]);
});

test('finds nothing in removals', () => {
  expect(parseS3Notification(body(record('ObjectRemoved:Delete', { key: 'k' })))).toEqual([]);
});

test('says that other bodies are no notifications', () => {
  for (const other of ['', 'not json', 'null', '[]', '{"id":"m","type":"dataset.ready"}', '{"Records":[{"a":1}]}']) {
    expect(parseS3Notification(other)).toBeUndefined();
  }
});
