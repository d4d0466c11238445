import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { openRemoteServer } from './remote-server.ts';

/** A server on a free port that answers as the test says. */
async function serverThat(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const tensor = { name: 'x', datatype: 'FP32', shape: [1, 1], data: [1] };

test('a request is sent as the protocol has it, and its answer read', async () => {
  const seen: string[] = [];
  await using server = await serverThat(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    seen.push(`${request.method} ${request.url} ${text}`);
    response.end(
      JSON.stringify({ model_version: '3', outputs: [{ name: 'y', datatype: 'FP32', shape: [1], data: [2] }] }),
    );
  });

  const answer = await openRemoteServer(`${server.url}/`, 5_000).infer('weekly orders', [tensor]);

  expect(seen).toEqual([`POST /v2/models/weekly%20orders/infer ${JSON.stringify({ inputs: [tensor] })}`]);
  expect(answer).toMatchObject({ version: '3', outputs: [{ name: 'y', data: [2] }] });
});

test('the inputs of a model are those of its metadata', async () => {
  await using server = await serverThat((_, response) => {
    response.end(JSON.stringify({ name: 'm', inputs: [{ name: 'x', datatype: 'TYPE_X', shape: [-1, 1] }] }));
  });
  expect(await openRemoteServer(server.url, 5_000).inputs('m')).toEqual([
    { name: 'x', datatype: 'TYPE_X', shape: [-1, 1] },
  ]);
});

test.each<[string, RequestListener, string]>([
  [
    'an error of the protocol',
    (_, response) => response.writeHead(400).end('{"error":"unknown model"}'),
    'status 400, "unknown model"',
  ],
  ['a page instead of JSON', (_, response) => response.end('<html>'), 'not JSON'],
  ['JSON that is none of the protocol', (_, response) => response.end('{"predictions":[1]}'), 'not of the Open'],
  ['a redirect', (_, response) => response.writeHead(302, { location: '/' }).end(), 'cannot be reached'],
  ['a connection that breaks', (request) => request.socket.destroy(), 'cannot be reached'],
  ['an answer without end', (_, response) => response.end(Buffer.alloc(1024 * 1024 + 1, 32)), 'larger than'],
])('%s is a 502 that says so', async (_, listener, says) => {
  await using server = await serverThat(listener);
  await expect(openRemoteServer(server.url, 5_000).infer('m', [tensor])).rejects.toMatchObject({
    status: 502,
    code: 'remote-failed',
    message: expect.stringContaining(says),
  });
});

test('a server that does not answer is a 504', async () => {
  await using server = await serverThat(() => undefined);
  await expect(openRemoteServer(server.url, 50).infer('m', [tensor])).rejects.toMatchObject({
    status: 504,
    code: 'remote-timeout',
  });
});

test('a server that begins its answer and does not end it is a 504 too', async () => {
  await using server = await serverThat((_, response) => {
    response.write('{"outputs"');
  });
  await expect(openRemoteServer(server.url, 50).infer('m', [tensor])).rejects.toMatchObject({
    status: 504,
    code: 'remote-timeout',
  });
});
