import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@bellwether/testkit';
import { expect, test } from '@jest/globals';
import { type FakeServer, fakeServer } from '../testing/fake-server.ts';
import { createClient } from './client.ts';
import { uploadDataset } from './upload-dataset.ts';

type Answer = Parameters<typeof fakeServer>[0];

/** A server that announces datasets as ours does, and answers uploads as told. */
async function uploadServer(answerUpload: Answer): Promise<FakeServer> {
  return await fakeServer((request, response, number) => {
    if (request.method === 'PUT') return answerUpload(request, response, number);
    if (request.method === 'DELETE') return response.writeHead(204).end();
    const upload = { method: 'PUT', url: `http://${request.headers.host}/up`, headers: { 'x-signed': 'yes' } };
    response.writeHead(201, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ dataset: { id: 'ds_1' }, upload }));
  });
}

const signal = new AbortController().signal;
const problem = { status: 413, code: 'too-large', detail: 'This URL takes at most 5 bytes.' };

function upload(server: FakeServer, file: string, onSent: (share: number) => void = () => undefined) {
  return uploadDataset(createClient({ url: server.url }), { name: 'x', file }, onSent, signal);
}

test('a file is sent as it is, with its size and the headers that were signed', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'x.csv');
  const content = 'a,b\n'.repeat(200_000);
  writeFileSync(file, content);
  let received = '';
  await using server = await uploadServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk) => {
      received += chunk;
    });
    request.on('end', () => response.end());
  });
  const shares: number[] = [];
  expect(await upload(server, file, (share) => shares.push(share))).toMatchObject({ id: 'ds_1' });
  expect(received === content).toBe(true);
  expect(server.requests[1]?.headers).toMatchObject({ 'content-length': '800000', 'x-signed': 'yes' });
  expect(shares.at(-1)).toBe(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('a refusal that comes before the end of the file is what is thrown, and the dataset is deleted again', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'x.csv');
  writeFileSync(file, '');
  truncateSync(file, 50_000_000);
  await using server = await uploadServer((request, response) => {
    request.resume();
    response.writeHead(413, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(problem));
  });
  await expect(upload(server, file)).rejects.toMatchObject({ code: 'too-large', problem });
  expect(server.requests.at(-1)).toMatchObject({ method: 'DELETE', url: '/v1/datasets/ds_1' });
});

test('a connection that is cut is said as such, and the dataset is deleted again', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'x.csv');
  writeFileSync(file, 'a,b\n1,2\n');
  await using server = await uploadServer((request) => request.socket.destroy());
  await expect(upload(server, file)).rejects.toMatchObject({ code: 'upload-cut-off' });
  expect(server.requests.at(-1)?.method).toBe('DELETE');
});

test('a file that shrinks meanwhile is no upload', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'x.csv');
  writeFileSync(file, '');
  truncateSync(file, 50_000_000);
  await using server = await uploadServer((request) => {
    truncateSync(file, 1000);
    request.resume();
  });
  await expect(upload(server, file)).rejects.toMatchObject({ code: 'file-changed' });
});
