import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { type FauxqsPeer, startFauxqsPeer } from '@bellwether/testkit/conformance';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createS3Client } from './s3-client.ts';
import { openS3Store } from './s3-store.ts';

let peer: FauxqsPeer;
let client: S3Client;

beforeAll(async () => {
  peer = await startFauxqsPeer();
  client = createS3Client(peer);
  await client.send(new CreateBucketCommand({ Bucket: 'data' }));
});

afterAll(async () => {
  client.destroy();
  await peer.stop();
});

const small = { expiresInSeconds: 60, maxBytes: 1_000 };
const signedHeaders = (url: string) => new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';').sort();

test('signs into an upload that it is the first, and its size where it is known', async () => {
  const store = openS3Store({ client, bucket: 'data' });
  const sized = await store.signUpload('k', { ...small, contentLength: 7 });
  expect(signedHeaders(sized.url)).toEqual(['content-length', 'host', 'if-none-match']);
  expect(sized.headers).toEqual({ 'if-none-match': '*' });
  const plain = await store.signUpload('k', { ...small, withoutHeaders: true });
  expect(signedHeaders(plain.url)).toEqual(['host']);
});

test('signs no checksum of a body that it does not have', async () => {
  const { url } = await openS3Store({ client, bucket: 'data' }).signUpload('k', small);
  expect(url.toLowerCase()).not.toContain('checksum');
});

test('signs for the public endpoint, which is not the one of the services', async () => {
  const presignClient = createS3Client({ ...peer, endpoint: 'https://objects.example' });
  const store = openS3Store({ client, presignClient, bucket: 'data', prefix: 'stage/' });
  const { url } = await store.signUpload('k', small);
  expect(url).toMatch(/^https:\/\/objects\.example\/data\/stage\/k\?/);
  expect(await store.signDownload('k', { expiresInSeconds: 60 })).toMatch(
    /^https:\/\/objects\.example\/data\/stage\/k\?/,
  );
});

test('signs the file name of a download', async () => {
  const url = await openS3Store({ client, bucket: 'data' }).signDownload('k', {
    expiresInSeconds: 60,
    fileName: 'ä.csv',
  });
  expect(new URL(url).searchParams.get('response-content-disposition')).toBe(
    `attachment; filename="_.csv"; filename*=UTF-8''%C3%A4.csv`,
  );
});

test('keeps apart what is under different prefixes of one bucket', async () => {
  const [one, two] = ['one/', 'two/'].map((prefix) => openS3Store({ client, bucket: 'data', prefix }));
  await one?.put('k', Buffer.from('x'));
  expect(await two?.head('k')).toBeUndefined();
  expect((await one?.head('k'))?.key).toBe('k');
});

test('removes a local copy when it is disposed', async () => {
  const store = openS3Store({ client, bucket: 'data' });
  await store.put('copied', Buffer.from('x'));
  const { access } = await import('node:fs/promises');
  const copy = await store.localCopy('copied');
  await access(copy.path);
  await copy[Symbol.asyncDispose]();
  await expect(access(copy.path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('says that there is no such bucket', async () => {
  const store = openS3Store({ client, bucket: 'missing' });
  await expect(store.check()).rejects.toMatchObject({ code: 'bucket-not-found' });
  await expect(store.get('k')).rejects.toMatchObject({ code: 'bucket-not-found' });
});
