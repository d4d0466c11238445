import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { type FakeRoutes, fakeEdge } from '../testing/fake-edge.ts';
import { serverSentEvents } from './server-sent-events.ts';

const rows = '/v1/datasets/d1/rows';
const events = '/v1/jobs/j1/events';

/** Opens a GET and hands its response over before its body is read. */
function opened(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, { agent: false }, resolve).on('error', reject));
}

/** A promise with its resolver outside. */
function signalled() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { happened: promise, happen: resolve };
}

test('a stream is sent piece by piece, and logged at its start', async () => {
  async function* numbers() {
    yield '[1,';
    yield Buffer.from('2]');
  }
  await using edge = await fakeEdge({
    getDatasetRows: () => ({ stream: numbers(), headers: { 'content-type': 'application/json' } }),
  });
  const { status, text } = await edge.ask(rows);
  expect({ status, text }).toEqual({ status: 200, text: '[1,2]' });
  expect(edge.log.entries).toMatchObject([{ status: 200, response: '[stream]' }]);
});

test('a stream that fails in the middle is cut, so that it does not pass for a whole one', async () => {
  async function* broken() {
    yield 'a';
    throw new Error('the file went away');
  }
  await using edge = await fakeEdge({ getDatasetRows: () => ({ stream: broken() }) });
  await expect(edge.ask(rows)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(edge.complaints[0]?.fields.err).toMatchObject({ message: 'the file went away' });
});

test('HEAD of a stream starts nothing and lets it go', async () => {
  const released = signalled();
  let pulled = 0;
  const stream = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false as const, value: `${pulled++}` }),
      return: async () => {
        released.happen();
        return { done: true as const, value: undefined };
      },
    }),
  };
  await using edge = await fakeEdge({ getDatasetRows: () => ({ stream }) });
  expect((await edge.ask(rows, { method: 'HEAD' })).status).toBe(200);
  await released.happened;
  expect(pulled).toBe(0);
});

/** Sends one event, then waits for the end of its request. */
function waiting(stopped: () => void): FakeRoutes {
  return {
    listJobEvents: ({ signal }) => {
      async function* source() {
        yield { id: '1', event: 'trial.finished', data: { trial: 1 } };
        if (!signal.aborted) await once(signal, 'abort');
        stopped();
      }
      return serverSentEvents(source(), { signal });
    },
  };
}

test('a client that goes away ends the route’s stream', async () => {
  const { happened, happen } = signalled();
  await using edge = await fakeEdge(waiting(happen));
  const response = await opened(`${edge.server.url}${events}`);
  expect(response.headers['content-type']).toBe('text/event-stream');
  await once(response, 'data');
  response.destroy();
  await happened;
});

test('a slow client holds the stream back', async () => {
  let produced = 0;
  const piece = 'x'.repeat(1024 * 1024);
  async function* endless() {
    for (;;) {
      produced++;
      yield piece;
    }
  }
  await using edge = await fakeEdge({ getDatasetRows: () => ({ stream: endless() }) });
  const response = await opened(`${edge.server.url}${rows}`);
  // Other requests are answered meanwhile, each of them a round trip in which an unbounded stream would go on.
  for (let trip = 0; trip < 50; trip++) await edge.ask('/healthz');
  const before = produced;
  for (let trip = 0; trip < 50; trip++) await edge.ask('/healthz');
  expect(produced).toBe(before);
  response.destroy();
});

test('the signal of a request is aborted when its client goes', async () => {
  const reached = signalled();
  const aborted = signalled();
  await using edge = await fakeEdge({
    listDatasets: async ({ signal }) => {
      reached.happen();
      await once(signal, 'abort');
      aborted.happen();
      return { body: { datasets: [] } };
    },
  });
  const asked = get(`${edge.server.url}/v1/datasets`, { agent: false }).on('error', () => {});
  await reached.happened;
  asked.destroy();
  await aborted.happened;
});

test('the signal of an answered request stays quiet', async () => {
  let seen: AbortSignal | undefined;
  await using edge = await fakeEdge({
    listDatasets: ({ signal }) => {
      seen = signal;
      return { body: { datasets: [] } };
    },
  });
  await edge.ask('/v1/datasets');
  await edge.ask('/v1/datasets');
  expect(seen?.aborted).toBe(false);
});
