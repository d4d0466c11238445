import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { serverSentEvents } from '../response/server-sent-events.ts';
import { fakeEdge } from '../testing/fake-edge.ts';
import { oneRow, predictionPath } from '../testing/prediction.ts';

const hour = 3_600_000;

test('closing answers what was asked and ends idle connections at once', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  await using edge = await fakeEdge({
    listDatasets: () => ({ body: { datasets: [] } }),
    async listModels() {
      reached.resolve();
      await goOn.promise;
      return { body: { models: [] } };
    },
  });
  await edge.ask('/v1/datasets', { agent });
  const slow = edge.ask('/v1/models', { agent });
  await reached.promise;
  const closed = edge.server.close(hour);
  goOn.resolve();
  const { status, headers } = await slow;
  expect({ status, connection: headers.connection }).toEqual({ status: 200, connection: 'close' });
  await closed;
  await expect(edge.ask('/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  agent.destroy();
});

test('closing ends event streams in order', async () => {
  await using edge = await fakeEdge({
    listJobEvents: ({ signal }) => {
      async function* source() {
        yield { data: 1 };
        await once(signal, 'abort');
      }
      return serverSentEvents(source(), { signal });
    },
  });
  const response = await new Promise<IncomingMessage>((resolve) =>
    get(`${edge.server.url}/v1/jobs/j1/events`, { agent: false }, resolve),
  );
  await once(response, 'data');
  const ended = once(response.resume(), 'end');
  await edge.server.close(hour);
  await ended;
});

test('what is still open at the end of the grace time is cut', async () => {
  const reached = Promise.withResolvers<void>();
  await using edge = await fakeEdge({
    listModels() {
      reached.resolve();
      return new Promise(() => {});
    },
  });
  const stuck = edge.ask('/v1/models');
  const lost = expect(stuck).rejects.toMatchObject({ code: 'ECONNRESET' });
  await reached.promise;
  await edge.server.close(10);
  await lost;
});

test('a connection on which nothing was asked does not hold the server up', async () => {
  await using edge = await fakeEdge();
  const socket = connect(edge.server.port, '127.0.0.1');
  await once(socket, 'connect');
  await edge.ask('/healthz');
  const ended = once(socket.resume(), 'close');
  await edge.server.close(hour);
  await ended;
});

test('closing twice is closing once', async () => {
  await using edge = await fakeEdge();
  expect(edge.server.close(hour)).toBe(edge.server.close(0));
  await edge.server.close(0);
});

test('a taken port is refused with its code', async () => {
  await using edge = await fakeEdge();
  const { listen } = await import('./listen.ts');
  await expect(
    listen({ express: (() => {}) as never, drain: () => {} }, { port: edge.server.port }),
  ).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('a client that goes while it sends is logged, and the server goes on', async () => {
  await using edge = await fakeEdge();
  const socket = connect(edge.server.port, '127.0.0.1');
  const body = JSON.stringify(oneRow);
  socket.write(
    `POST ${predictionPath} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  await edge.ask('/healthz');
  const held = edge.log.hold(1);
  socket.destroy();
  await held;
  edge.log.release();
  expect((await edge.ask('/healthz')).status).toBe(200);
  expect(edge.log.entries).toMatchObject([{ status: 499, path: predictionPath }]);
});
